package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.DnsRecord;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.DnsRecords;
import org.meridian.core.spi.Time;

/**
 * The records of an app's names: those that Meridian made come and go with its machines, all others stay. What was read is remembered, so
 * that a release that changes no machine asks the DNS provider once.
 */
final class MachineRecords {
    private final List<String> names;
    private final DnsRecords records;
    private final MachineOrigins machines;
    private final Time time;
    private final EventSink events;
    private final Map<String, List<DnsRecord>> seen = new HashMap<>();
    private final Map<DnsAddress, Long> goneFrom = new HashMap<>();
    private final Set<DnsAddress> told = new TreeSet<>();

    MachineRecords(List<String> names, DnsRecords records, MachineOrigins machines, Time time, EventSink events) {
        this.names = List.copyOf(names);
        this.records = requireNonNull(records, "records is null");
        this.machines = requireNonNull(machines, "machines is null");
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** Reads them again; throws a Failure where one is somebody else's and leads elsewhere, with which nothing is done. */
    synchronized void read() throws InterruptedException {
        seen.clear();
        Set<DnsAddress> known = known();
        Map<String, List<DnsRecord>> all = new HashMap<>();
        for (String name : names) {
            List<DnsRecord> found = records.read(name);
            found.stream()
                    .filter(record -> !record.ours()
                            && !record.address().filter(known::contains).isPresent())
                    .findFirst()
                    .ifPresent(foreign -> {
                        throw notOurs(name, foreign);
                    });
            all.put(name, new ArrayList<>(found));
        }
        seen.putAll(all);
        known.stream()
                .filter(DnsAddress::isPrivate)
                .filter(told::add)
                .forEach(address -> note("DNS: the machine " + address
                        + " gets no record, since users outside do not reach a private address; write it as"
                        + " { ssh: …, address: 203.0.113.4 } with its public one"));
    }

    /**
     * Whether they are known by now. Users have been moved already when this is asked, perhaps to go back from a release: that is not
     * to fail for what nobody can read, or for somebody else's record.
     */
    synchronized boolean seen() throws InterruptedException {
        if (seen.isEmpty()) {
            try {
                read();
            } catch (Failure e) {
                note("DNS: records stay as they are: " + e.diagnostic().summary());
            }
        }
        return !seen.isEmpty();
    }

    /** Adds what is missing of these machines of a region, which serve; first, so that users always find one. */
    synchronized void publish(RegionName region, Collection<DnsAddress> serving) throws InterruptedException {
        for (String name : names) {
            for (DnsAddress address : new TreeSet<>(serving)) {
                if (!address.isPrivate() && !has(seen(name), address)) {
                    records.add(name, address);
                    note("DNS: " + name + " has the record " + address.type() + " " + address + " now");
                    seen(name)
                            .add(new DnsRecord(
                                    name, address.type(), address.toString(), DnsRecordSettings.LONGEST_TTL, true));
                    goneFrom.remove(address);
                }
            }
        }
    }

    /** Removes those of the region's machines that do not serve, and of machines that left; the last one of a name stays. */
    synchronized void withdraw(RegionName region, Collection<DnsAddress> serving) throws InterruptedException {
        Set<DnsAddress> elsewhere = known();
        elsewhere.removeAll(of(region));
        for (String name : names) {
            for (DnsRecord record : List.copyOf(seen(name))) {
                DnsAddress address = record.address().orElseThrow();
                boolean stays = serving.contains(address) || elsewhere.contains(address);
                if (!stays && !record.ours()) {
                    note("DNS: " + name + " keeps the record " + record.words()
                            + ", which Meridian did not make; remove it before the machine goes");
                } else if (!stays && seen(name).size() > 1) {
                    remove(record);
                    goneFrom.put(address, time.nanos());
                }
            }
        }
    }

    /** Waits until no resolver tells of these machines any more, of which the records were removed here. */
    void awaitForgotten(RegionName region, Collection<DnsAddress> left, Duration ttl) throws InterruptedException {
        Optional<Long> last;
        synchronized (this) {
            last = left.stream()
                    .flatMap(address -> Optional.ofNullable(goneFrom.get(address)).stream())
                    .max(Long::compare);
        }
        Duration rest = last.map(at -> ttl.minusNanos(time.nanos() - at)).orElse(Duration.ZERO);
        if (rest.isPositive()) {
            events.emit(new RolloutEvent.Waiting(
                    time.now(),
                    Optional.of(region),
                    "resolvers to forget " + words(left) + " (the records' TTL)",
                    rest));
            time.sleep(rest);
        }
    }

    /** What a rollout that brings users to every machine would change, in words. */
    synchronized List<String> pending() throws InterruptedException {
        read();
        Set<DnsAddress> wanted = known();
        List<String> words = new ArrayList<>();
        for (String name : names) {
            List<DnsRecord> there = seen(name);
            wanted.stream()
                    .filter(address -> !address.isPrivate() && !has(there, address))
                    .map(address -> "DNS: adds the record " + address.type() + " " + address + " to " + name
                            + " once its machine serves")
                    .forEach(words::add);
            there.stream()
                    .filter(record -> record.ours()
                            && !record.address().filter(wanted::contains).isPresent())
                    .map(record -> "DNS: removes the record " + record.words() + " from " + name)
                    .forEach(words::add);
        }
        return words;
    }

    /** Whether one is Meridian's. */
    synchronized boolean any() throws InterruptedException {
        for (String name : names) {
            if (records.read(name).stream().anyMatch(DnsRecord::ours)) {
                return true;
            }
        }
        return false;
    }

    /** Removes all that Meridian made. */
    synchronized void removeAll() throws InterruptedException {
        seen.clear();
        for (String name : names) {
            for (DnsRecord record : records.read(name)) {
                if (record.ours()) {
                    remove(record);
                }
            }
        }
    }

    void close() {
        records.close();
    }

    /** The machines of a region. */
    Set<DnsAddress> of(RegionName region) throws InterruptedException {
        return addresses(
                machines.byRegion().getOrDefault(region, List.of()).stream().map(origin -> host(origin.address())));
    }

    static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    private Set<DnsAddress> known() throws InterruptedException {
        return addresses(
                machines.byRegion().values().stream().flatMap(List::stream).map(origin -> host(origin.address())));
    }

    private static Set<DnsAddress> addresses(Stream<String> hosts) {
        return hosts.map(DnsAddress::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<DnsRecord> seen(String name) throws InterruptedException {
        if (!seen.containsKey(name)) {
            read();
        }
        return requireNonNull(seen.get(name));
    }

    private static boolean has(List<DnsRecord> records, DnsAddress address) {
        return records.stream().anyMatch(record -> record.address().equals(Optional.of(address)));
    }

    private void remove(DnsRecord record) throws InterruptedException {
        records.remove(record);
        seen.getOrDefault(record.name(), new ArrayList<>()).remove(record);
        note("DNS: " + record.name() + " has the record " + record.words() + " no more");
    }

    private void note(String text) {
        events.emit(new RolloutEvent.Note(time.now(), text));
    }

    private static String words(Collection<DnsAddress> addresses) {
        return addresses.stream().map(DnsAddress::toString).collect(Collectors.joining(", "));
    }

    private static Failure notOurs(String name, DnsRecord foreign) {
        return Failure.usage(
                Diagnostic.of(
                        "dns-record-of-others",
                        name + " has the record " + foreign.words()
                                + ", which Meridian did not make and which is no machine's"
                                + (foreign.ttl().isPositive() ? " (TTL " + Durations.spoken(foreign.ttl()) + ")" : ""),
                        "Remove it if users shall come to the machines, or leave 'records' out below traffic. Nothing was changed."));
    }
}
