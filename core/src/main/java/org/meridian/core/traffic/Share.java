package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.Weight;

/**
 * What of a region's pool is whose: the servers behind proxies are the proxies', the machines with these and all other servers
 * are the edge's.
 *
 * <p>A machine gets as many users as its servers together where other servers are at the edge itself, and a full share where there are none.
 * One of whose servers none shall serve gets no users, if others do; its proxy stays as it is, for what is on its way there.
 */
final class Share {
    private final PoolTarget target;
    private final List<OriginTarget> machines;
    private final MachineOrigins places;
    private final List<OriginTarget> direct;
    private final boolean served;

    /**
     * The share of each machine.
     *
     * @param target   what the region's pool shall be
     * @param machines the region's machines with a proxy
     * @param places   tells which servers they have
     */
    Share(PoolTarget target, List<OriginTarget> machines, MachineOrigins places) {
        this.target = requireNonNull(target, "target is null");
        this.machines = List.copyOf(machines);
        this.places = requireNonNull(places, "places is null");
        this.direct = target.origins().stream()
                .filter(origin -> machines.stream().noneMatch(machine -> on(machine, origin)))
                .toList();
        this.served =
                target.origins().stream().anyMatch(origin -> origin.weight().serving());
    }

    private boolean on(OriginTarget machine, OriginTarget server) {
        return places.has(machine.address(), server.address());
    }

    /** The servers that the edge reaches itself. */
    List<OriginTarget> direct() {
        return direct;
    }

    /** Whether a server behind a proxy shall serve. */
    boolean servesBehind() {
        return machines.stream().anyMatch(machine -> sum(machine) > 0);
    }

    /** The machines, each with its weight at the edge. */
    List<OriginTarget> atEdge() {
        return machines.stream()
                .map(machine -> new OriginTarget(machine.server(), machine.address(), weight(machine)))
                .toList();
    }

    private Weight weight(OriginTarget machine) {
        int sum = sum(machine);
        if (!served) {
            return direct.isEmpty() ? Weight.FULL : Weight.NONE;
        }
        return direct.isEmpty() && sum > 0 ? Weight.FULL : new Weight(Math.min(sum, Weight.FULL.percent()));
    }

    private int sum(OriginTarget machine) {
        return target.origins().stream()
                .filter(origin -> on(machine, origin))
                .mapToInt(origin -> origin.weight().percent())
                .sum();
    }

    /** What the proxies' pool shall be, as it is now. */
    PoolTarget behind(Pool now) {
        List<OriginTarget> wanted = new ArrayList<>();
        for (OriginTarget origin : target.origins()) {
            if (!direct.contains(origin)) {
                wanted.add(kept(origin, now));
            }
        }
        return new PoolTarget(target.region(), wanted);
    }

    private OriginTarget kept(OriginTarget origin, Pool now) {
        boolean idle = served
                && machines.stream().filter(machine -> on(machine, origin)).allMatch(machine -> sum(machine) == 0);
        return now.origin(origin.server())
                .filter(there -> idle && there.serving())
                .map(Origin::weight)
                .map(weight -> new OriginTarget(origin.server(), origin.address(), weight))
                .orElse(origin);
    }
}
