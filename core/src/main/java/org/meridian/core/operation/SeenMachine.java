package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.model.App;
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.Observation;

/**
 * A machine that has servers of the app.
 *
 * @param region  the region that they are in
 * @param machine the machine
 * @param state   whether it runs
 * @param servers what is on it, by name; at least one
 */
public record SeenMachine(RegionName region, Machine machine, Server.State state, List<OnIt> servers) {
    /** Copies the servers. */
    public SeenMachine {
        requireNonNull(region, "region is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(state, "state is null");
        servers = List.copyOf(servers);
    }

    /**
     * A server on it.
     *
     * @param name    its name
     * @param release its release
     * @param weight  its share of the region's traffic; none where it is warm or drained
     */
    public record OnIt(ServerName name, ReleaseId release, Weight weight) {
        /** Checks that no part is null. */
        public OnIt {
            requireNonNull(name, "name is null");
            requireNonNull(release, "release is null");
            requireNonNull(weight, "weight is null");
        }
    }

    /** Its name. */
    public MachineName name() {
        return machine.name();
    }

    /** Whether a person who writes this means it: its name, its address, or the name of a server on it. */
    boolean named(String text) {
        return machine.name().value().equals(text)
                || machine.address().filter(text::equals).isPresent()
                || machine.listed().filter(ssh -> ssh.host().equals(text)).isPresent()
                || servers.stream().anyMatch(server -> server.name().value().equals(text));
    }

    /** Every machine with servers of the app, in the order in which regions move, the primary last; then by name. */
    static List<SeenMachine> all(App app, Observation observed) {
        Map<MachineName, List<Server>> byMachine = new TreeMap<>();
        observed.servers().forEach(server -> byMachine
                .computeIfAbsent(server.machine().name(), name -> new ArrayList<>())
                .add(server));
        List<RegionName> order =
                app.rollout().waves().stream().flatMap(List::stream).toList();
        return byMachine.values().stream()
                .map(servers -> of(servers, observed))
                .sorted(Comparator.comparingInt((SeenMachine one) -> place(order, one.region()))
                        .thenComparing(SeenMachine::region)
                        .thenComparing(SeenMachine::name))
                .toList();
    }

    private static int place(List<RegionName> order, RegionName region) {
        int place = order.indexOf(region);
        return place < 0 ? order.size() : place;
    }

    private static SeenMachine of(List<Server> servers, Observation observed) {
        Server one = servers.getFirst();
        return new SeenMachine(
                one.region(),
                one.machine(),
                one.state(),
                servers.stream()
                        .sorted(Comparator.comparing(Server::name))
                        .map(server -> new OnIt(server.name(), server.release(), weight(server, observed)))
                        .toList());
    }

    private static Weight weight(Server server, Observation observed) {
        return observed.pool(server.region())
                .origin(server.name())
                .filter(Origin::serving)
                .map(Origin::weight)
                .orElse(Weight.NONE);
    }
}
