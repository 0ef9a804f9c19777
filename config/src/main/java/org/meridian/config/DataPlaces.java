package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.HostsLocation.Host;
import org.meridian.config.HostsLocation.Listed;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.compose.DataPlace;
import org.meridian.config.compose.KeptServices;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;

/**
 * Reads on which machine services are that keep data, and where on it the other machines reach them. All of an app are on one
 * machine, which stays.
 */
final class DataPlaces {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9]{1,3}(?:\\.[0-9]{1,3}){3})):([0-9]{1,5})");
    private static final String EXAMPLE = "Write an address of that machine and the port, such as 10.0.0.5:5432.";
    private static final int MOST = 65_535;

    private final RegionsReader regions;
    private final Optional<ComposeDocument> compose;

    DataPlaces(RegionsReader regions, Optional<ComposeDocument> compose) {
        this.regions = requireNonNull(regions, "regions is null");
        this.compose = requireNonNull(compose, "compose is null");
    }

    /**
     * What is written for a service.
     *
     * @param service its name
     * @param machine where the machine is named
     * @param publish where an address and a port are
     */
    record Written(String service, Optional<Field> machine, Optional<Field> publish) {
        /** A place is for what stays there. */
        void requireKept(KeptServices services) {
            if (!services.outlives(service)) {
                machine.or(() -> publish)
                        .ifPresent(field -> field.keyError(
                                "keeps-none",
                                "services." + service + " keeps no data of its own, or each release replaces it",
                                "Leave it out; what runs the app's image is on every server."));
            }
        }
    }

    /** The places of those services for which one is written without problems. */
    Map<String, DataPlace> read(List<Written> written) {
        Map<String, DataPlace> places = new TreeMap<>();
        for (Written one : written) {
            Optional<Seated> machine =
                    one.machine().isPresent() ? machine(one.machine().get()) : only(one);
            machine.filter(seated -> sameAsOthers(one, seated, places))
                    .flatMap(seated -> place(one, seated, places))
                    .ifPresent(place -> places.put(one.service(), place));
        }
        return places;
    }

    private static boolean sameAsOthers(Written one, Seated seated, Map<String, DataPlace> others) {
        Optional<String> other = others.values().stream()
                .map(DataPlace::machine)
                .filter(machine -> !machine.equals(seated.host().ssh().toString()))
                .findFirst();
        other.ifPresent(machine -> one.machine()
                .ifPresent(field -> field.error(
                        "several-machines",
                        "another service keeps its data on " + machine + ", and all of an app are on one machine",
                        "Write the same machine for each.")));
        return other.isEmpty();
    }

    /** The one machine that there is needs no name. */
    private Optional<Seated> only(Written one) {
        List<Seated> all = machines();
        if (all.size() == 1 && regions.oneMachineStays()) {
            return Optional.of(all.getFirst());
        }
        one.publish()
                .ifPresent(field -> field.keyError(
                        "missing-key",
                        "it is not said on which machine that is",
                        "Write 'machine' beside it, one of " + names() + "."));
        return Optional.empty();
    }

    private Optional<DataPlace> place(Written one, Seated seated, Map<String, DataPlace> others) {
        String machine = seated.host().ssh().toString();
        if (one.publish().isEmpty()) {
            boolean alone = regions.oneMachineStays();
            if (!alone) {
                one.machine()
                        .ifPresent(field -> field.keyError(
                                "missing-key",
                                "the app has other machines, and nothing says where they reach services."
                                        + one.service(),
                                "Write 'publish' beside it: " + EXAMPLE.substring("Write ".length())));
            }
            return alone ? Optional.of(new DataPlace(machine, Optional.empty(), 0)) : Optional.empty();
        }
        Field field = one.publish().get();
        return field.text().flatMap(text -> {
            Matcher form = ADDRESS.matcher(text.strip());
            int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
            if (port < 1 || port > MOST) {
                field.error("wrong-value", "'" + text + "' is not an IP address and a port", EXAMPLE);
                return Optional.empty();
            }
            String address = Optional.ofNullable(form.group(1)).orElseGet(() -> form.group(2));
            return problem(address, port, one.service(), seated, others)
                            .map(problem -> {
                                field.error("wrong-value", problem.what(), problem.advice());
                                return problem;
                            })
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(new DataPlace(machine, Optional.of(address), port));
        });
    }

    private Optional<Problem> problem(
            String address, int port, String service, Seated seated, Map<String, DataPlace> others) {
        if (!PrivateNetworks.have(address)) {
            return problem(
                    "'" + address + "' is no address of a private network, and whoever reaches it reaches the data",
                    "Write the machine's address in a network of your machines alone (10.x.x.x, 172.16-31.x.x, 192.168.x.x,"
                            + " 100.64-127.x.x, fd…), such as WireGuard's.");
        }
        Optional<Seated> owner = machines().stream()
                .filter(other -> !other.equals(seated) && other.has(address))
                .findFirst();
        if (owner.isPresent()) {
            return problem(
                    address + " is the address of " + owner.get().host().ssh() + ", not of "
                            + seated.host().ssh(),
                    EXAMPLE);
        }
        Optional<String> clash = others.entrySet().stream()
                .filter(other -> other.getValue().port() == port)
                .map(Map.Entry::getKey)
                .findFirst();
        if (clash.isPresent()) {
            return problem(
                    "the port " + port + " is that of services." + clash.get() + " already", "Write another port.");
        }
        HostsLocation location = seated.location();
        if (port >= location.firstPort() && port <= location.lastPort()) {
            return problem(
                    "the port " + port + " is one of those that releases have on the machine, " + location.firstPort()
                            + "-" + location.lastPort(),
                    "Write another port, or other 'ports' in regions." + seated.region() + ".");
        }
        List<Integer> listens = compose.flatMap(document -> document.service(service))
                .map(ComposeService::containerPorts)
                .map(List::copyOf)
                .orElse(List.of());
        if (!listens.isEmpty() && !listens.contains(port)) {
            return problem(
                    "services." + service + " listens on " + listens.getFirst()
                            + " in its container, and other machines find it under the same port",
                    "Write " + address + ":" + listens.getFirst() + ".");
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(String what, String advice) {
        return Optional.of(new Problem(what, advice));
    }

    private Optional<Seated> machine(Field field) {
        return field.text().flatMap(text -> {
            List<Seated> found =
                    machines().stream().filter(one -> one.called(text)).toList();
            if (found.size() == 1) {
                return hasServer(field, found.getFirst()) ? Optional.of(found.getFirst()) : Optional.empty();
            }
            if (found.size() > 1) {
                field.error(
                        "ambiguous-machine",
                        "'" + text + "' fits " + found.size() + " machines",
                        "Write it as in 'hosts', such as "
                                + found.getFirst().host().ssh() + ".");
            } else if (machines().isEmpty()) {
                field.error(
                        "unknown-machine",
                        "no region lists machines that stay",
                        "Give a region 'provider: hosts' with 'hosts', or keep the data outside the servers.");
            } else {
                field.error(
                        "unknown-machine",
                        "no region lists a machine '" + text + "'",
                        Closest.suggestion(
                                text,
                                "machines",
                                machines().stream().map(Seated::name).toList()));
            }
            return Optional.empty();
        });
    }

    /** Releases start what keeps data where they have a server: the n-th on the n-th machine. */
    private boolean hasServer(Field field, Seated seated) {
        if (seated.number() > seated.servers()) {
            field.error(
                    "no-server",
                    seated.name() + " gets no server of a release: region " + seated.region() + " has "
                            + seated.servers(),
                    "Write it among the first " + seated.servers() + " of 'hosts', or write more 'servers'.");
        }
        return seated.number() <= seated.servers();
    }

    private String names() {
        return String.join(", ", machines().stream().map(Seated::name).toList());
    }

    private List<Seated> machines() {
        List<Seated> all = new ArrayList<>();
        for (Region region : regions.regions()) {
            HostsLocation location = regions.machines().get(region.name());
            if (location != null && location.origin() instanceof Listed listed) {
                for (int i = 0; i < listed.hosts().size(); i++) {
                    all.add(new Seated(region.name(), location, listed.hosts().get(i), i + 1, region.servers()));
                }
            }
        }
        return all;
    }

    private record Problem(String what, String advice) {}

    /** A machine that stays, the number in its region, and how many servers that has. */
    private record Seated(RegionName region, HostsLocation location, Host host, int number, int servers) {
        String name() {
            return host.ssh().host();
        }

        /** As in the list, without the user, or by the first part of its name. */
        boolean called(String text) {
            boolean named = !name().matches("[0-9.]+|.*:.*");
            return text.equals(host.ssh().toString())
                    || text.equals(name())
                    || (named && text.equals(name().split("\\.", 2)[0]));
        }

        boolean has(String address) {
            return address.equals(name())
                    || host.address().filter(address::equals).isPresent();
        }
    }
}
