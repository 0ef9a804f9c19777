package org.meridian.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.DnsRecord;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.DnsRecords;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/** In which order records, proxies and time pass. */
class DnsBeforeProxiesTest {
    private static final String NAME = "journal.example.com";
    private static final RegionName EU = new RegionName("eu");
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final String ONE = "203.0.113.1";
    private static final String TWO = "203.0.113.2";
    private static final String HIDDEN = "10.0.0.3";
    private static final String LEFT = "203.0.113.9";

    private final List<String> happened = new ArrayList<>();
    private final List<DnsRecord> records = new ArrayList<>();
    private final List<String> machines = new ArrayList<>(List.of(ONE, TWO));
    private final List<RolloutEvent> events = new ArrayList<>();
    private List<Origin> pool = List.of();
    private boolean dnsSilent;
    private final TrafficDriver dns = new DnsBeforeProxies(
            new Proxies(), List.of(NAME), TTL, new Records(), this::machines, new Clock(), events::add);

    @Test
    void aMachinesRecordComesAfterItsProxyServes() throws Exception {
        dns.prepare();
        dns.apply(target(ONE, TWO));

        assertThat(happened).containsExactly("prepare", "apply", "add " + ONE, "add " + TWO);
    }

    @Test
    void aLeavingMachinesRecordGoesAndResolversForgetItBeforeItsServersDrain() throws Exception {
        serve(ONE, TWO);
        ours(ONE, TWO);
        dns.prepare();
        happened.clear();

        dns.drain(EU, Set.of(server(TWO)));

        assertThat(happened).containsExactly("remove " + TWO, "wait PT1M", "drain");
        assertThat(events)
                .filteredOn(RolloutEvent.Waiting.class::isInstance)
                .singleElement()
                .satisfies(wait ->
                        assertThat(((RolloutEvent.Waiting) wait).atMost()).isEqualTo(TTL));
    }

    @Test
    void whoScalesDownWaitsOnlyForWhatIsLeftOfTheTime() throws Exception {
        serve(ONE, TWO);
        ours(ONE, TWO);
        dns.prepare();
        dns.apply(target(ONE));
        happened.clear();

        dns.drain(EU, Set.of(server(TWO)));

        assertThat(happened).containsExactly("wait PT1M", "drain");
    }

    @Test
    void aReleaseOnTheSameMachinesTouchesNoRecord() throws Exception {
        serve(ONE, TWO);
        ours(ONE, TWO);
        dns.prepare();

        dns.apply(target(ONE, TWO));
        dns.drain(EU, Set.of(new ServerName("former-1")));

        assertThat(happened).containsExactly("prepare", "apply", "drain");
    }

    @Test
    void theLastRecordOfANameStays() throws Exception {
        serve(ONE);
        ours(ONE);
        dns.prepare();

        dns.drain(EU, Set.of(server(ONE)));

        assertThat(records).hasSize(1);
    }

    @Test
    void aMachineThatLeftTheConfigurationLosesItsRecordOnceTheOthersHaveTheirs() throws Exception {
        serve(ONE, TWO);
        ours(ONE, LEFT);

        assertThat(dns.pending())
                .containsExactly(
                        "DNS: adds the record A " + TWO + " to " + NAME + " once its machine serves",
                        "DNS: removes the record A " + LEFT + " from " + NAME);
        dns.prepare();

        assertThat(happened).containsExactly("prepare", "add " + TWO, "remove " + LEFT);
        assertThat(dns.pending()).isEmpty();
    }

    @Test
    void aRecordOfSomebodyElseEndsItBeforeAnythingIsTouched() {
        records.add(new DnsRecord(NAME, "CNAME", "old.example.net", TTL, false));

        assertThatThrownBy(dns::prepare).isInstanceOf(Failure.class).hasMessageContaining("CNAME old.example.net");

        assertThat(happened).isEmpty();
        assertThat(records).hasSize(1);
    }

    @Test
    void aRecordOfSomebodyElseThatLeadsToAMachineIsAsGoodAsOurs() throws Exception {
        records.add(new DnsRecord(NAME, "A", ONE, TTL, false));
        dns.prepare();

        dns.apply(target(ONE, TWO));

        assertThat(happened).containsExactly("prepare", "apply", "add " + TWO);
    }

    @Test
    void aPrivateAddressIsNotPublishedAndItIsSaidOnce() throws Exception {
        machines.add(HIDDEN);
        assertThat(dns.pending()).noneMatch(line -> line.contains(HIDDEN));
        dns.prepare();
        assertThat(events)
                .filteredOn(event -> event.toString().contains(HIDDEN))
                .hasSize(1);

        dns.apply(target(ONE, HIDDEN));

        assertThat(happened).containsExactly("prepare", "apply", "add " + ONE);
    }

    @Test
    void goingBackDoesNotFailForADnsProviderThatIsSilent() throws Exception {
        serve(ONE, TWO);
        ours(ONE, TWO);
        dnsSilent = true;

        dns.apply(target(ONE, TWO));

        assertThat(happened).containsExactly("apply");
        assertThat(events.toString()).contains("records stay as they are");
    }

    @Test
    void destroyRemovesWhatMeridianMadeAndNothingElseBeforeTheProxiesGo() throws Exception {
        serve(ONE, TWO);
        ours(ONE);
        records.add(new DnsRecord(NAME, "A", TWO, TTL, false));
        assertThat(dns.staying()).contains("DNS records of " + NAME);

        dns.destroyAll();

        assertThat(happened).containsExactly("remove " + ONE, "destroy");
        assertThat(records).extracting(DnsRecord::value).containsExactly(TWO);
    }

    private void serve(String... hosts) {
        pool = Stream.of(hosts)
                .map(host -> new Origin(server(host), host + ":20001", Weight.FULL, false, Origin.Health.HEALTHY, 0))
                .toList();
    }

    private void ours(String... hosts) {
        Stream.of(hosts).forEach(host -> records.add(new DnsRecord(NAME, "A", host, TTL, true)));
    }

    private static PoolTarget target(String... hosts) {
        return new PoolTarget(
                EU,
                Stream.of(hosts)
                        .map(host -> new OriginTarget(server(host), host + ":20001", Weight.FULL))
                        .toList());
    }

    private static ServerName server(String host) {
        return new ServerName("s-" + host.replace('.', '-'));
    }

    private Map<RegionName, List<OriginTarget>> machines() {
        Map<RegionName, List<OriginTarget>> all = new LinkedHashMap<>();
        all.put(
                EU,
                machines.stream()
                        .map(host -> new OriginTarget(OriginName.of(host), host + ":80", Weight.FULL))
                        .toList());
        return all;
    }

    private final class Records implements DnsRecords {
        @Override
        public List<DnsRecord> read(String name) {
            if (dnsSilent) {
                throw Failure.noAnswer(Diagnostic.of("dns", "the DNS provider is silent", "Try again."));
            }
            return List.copyOf(records);
        }

        @Override
        public void add(String name, DnsAddress address) {
            happened.add("add " + address);
            records.add(new DnsRecord(name, address.type(), address.toString(), TTL, true));
        }

        @Override
        public void remove(DnsRecord record) {
            assertThat(record.ours()).isTrue();
            happened.add("remove " + record.value());
            records.removeIf(one -> one.ours() && one.value().equals(record.value()));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private final class Clock implements Time {
        private long nanos;

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration duration) {
            happened.add("wait " + duration);
            nanos += duration.toNanos();
        }
    }

    private final class Proxies implements TrafficDriver {
        @Override
        public List<Pool> observe() {
            return pool.isEmpty() ? List.of() : List.of(new Pool(EU, pool));
        }

        @Override
        public void prepare() {
            happened.add("prepare");
        }

        @Override
        public void apply(PoolTarget target) {
            happened.add("apply");
        }

        @Override
        public void drain(RegionName region, Collection<ServerName> servers) {
            happened.add("drain");
        }

        @Override
        public boolean disconnect(RegionName region, Collection<ServerName> servers) {
            return true;
        }

        @Override
        public URI address() {
            return URI.create("http://" + NAME);
        }

        @Override
        public void destroyAll() {
            happened.add("destroy");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
