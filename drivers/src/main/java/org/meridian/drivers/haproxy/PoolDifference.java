package org.meridian.drivers.haproxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.core.model.Origin;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * What to tell HAProxy so that a pool becomes what is wanted, in an order that never leaves users without a server:
 * new ones join first, then weights rise, then they fall, and last of all servers leave.
 */
final class PoolDifference {
    private final PoolNames names;
    private final RegionName region;
    private final String check;
    private final Map<ServerName, LiveServer> now = new HashMap<>();
    private final Map<ServerName, Standing> standings;
    private final List<RuntimeCommand> joins = new ArrayList<>();
    private final List<RuntimeCommand> raises = new ArrayList<>();
    private final List<RuntimeCommand> lowers = new ArrayList<>();
    private final List<RuntimeCommand> leaves = new ArrayList<>();

    private PoolDifference(LiveEdge now, RegionName region, String check) {
        this.names = now.names();
        this.region = region;
        this.check = check;
        this.standings = now.standings();
        now.servers(region).forEach(server -> this.now.put(server.name(), server));
    }

    /**
     * The commands; throws a Failure where there is no such pool.
     *
     * @param now    what HAProxy is doing
     * @param target what the pool should be
     * @param check  the keywords of a new server
     */
    static List<RuntimeCommand> commands(LiveEdge now, PoolTarget target, String check) {
        return new PoolDifference(now, target.region(), check).to(target.origins());
    }

    /** The commands that take these servers out of traffic; none for those that drain already. */
    static List<RuntimeCommand> drain(LiveEdge now, RegionName region, Collection<ServerName> servers) {
        var difference = new PoolDifference(now, region, "");
        List<RuntimeCommand> commands = new ArrayList<>();
        for (Origin origin : now.pool(region).origins()) {
            if (servers.contains(origin.server()) && !origin.draining()) {
                commands.add(difference.stand(origin.server(), Standing.DRAINING));
            }
            if (servers.contains(origin.server()) && origin.weight().serving()) {
                commands.add(RuntimeCommand.weight(now.names().origin(region, origin.server()), 0));
            }
        }
        return commands;
    }

    /** The commands that end what is connected to these servers, as far as they are out of traffic. */
    static List<RuntimeCommand> disconnect(LiveEdge now, RegionName region, Collection<ServerName> servers) {
        return now.pool(region).origins().stream()
                .filter(origin -> servers.contains(origin.server()) && origin.draining())
                .map(origin -> RuntimeCommand.disconnect(now.names().origin(region, origin.server())))
                .toList();
    }

    private List<RuntimeCommand> to(List<OriginTarget> wanted) {
        Set<ServerName> staying = new HashSet<>();
        for (OriginTarget origin : wanted) {
            staying.add(origin.server());
            LiveServer server = now.get(origin.server());
            if (server == null) {
                join(origin);
            } else {
                stay(origin, server);
            }
            weigh(origin, server == null ? 0 : server.weight());
        }
        now.values().stream().filter(server -> !staying.contains(server.name())).forEach(this::leave);
        List<RuntimeCommand> all = new ArrayList<>(joins);
        all.addAll(raises);
        all.addAll(lowers);
        all.addAll(leaves);
        return all;
    }

    private void join(OriginTarget origin) {
        String name = names.origin(region, origin.server());
        joins.add(RuntimeCommand.add(name, origin.address(), check));
        admit(name);
    }

    private void admit(String name) {
        joins.add(RuntimeCommand.enable(name));
        joins.add(RuntimeCommand.enableChecks(name));
        joins.add(RuntimeCommand.assumeDown(name));
    }

    private void stay(OriginTarget origin, LiveServer server) {
        String name = names.origin(region, origin.server());
        if (!origin.address().equals(server.address())) {
            OriginAddress address = OriginAddress.parse(origin.address());
            joins.add(RuntimeCommand.move(name, address.host(), address.port()));
            joins.add(RuntimeCommand.assumeDown(name));
        }
        if (server.leaving()) {
            admit(name);
        }
    }

    private void weigh(OriginTarget origin, int before) {
        String name = names.origin(region, origin.server());
        int weight = LiveServer.weight(origin.weight());
        if (weight != before) {
            (weight > before ? raises : lowers).add(RuntimeCommand.weight(name, weight));
        }
        if (weight > 0 && standings.get(origin.server()) != Standing.SERVING) {
            raises.add(stand(origin.server(), Standing.SERVING));
        }
    }

    private RuntimeCommand stand(ServerName server, Standing wanted) {
        return standings.containsKey(server)
                ? RuntimeCommand.changeStanding(names.standings(), server, wanted)
                : RuntimeCommand.firstStanding(names.standings(), server, wanted);
    }

    private void leave(LiveServer server) {
        String name = names.origin(region, server.name());
        if (!server.leaving()) {
            leaves.add(RuntimeCommand.retire(name));
        }
        leaves.add(RuntimeCommand.awaitQuiet(name));
        leaves.add(RuntimeCommand.remove(name));
        if (standings.containsKey(server.name())) {
            leaves.add(RuntimeCommand.forgetStanding(names.standings(), server.name()));
        }
    }
}
