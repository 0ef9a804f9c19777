package org.meridian.core.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.operation.History.Kept;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.RetireServers;

/** The fleets that were replaced and are kept running without traffic, region by region. */
final class WarmFleets {
    private final Workspace workspace;
    private final History history;
    private final Observation observed;

    WarmFleets(Workspace workspace, History history, Observation observed) {
        this.workspace = workspace;
        this.history = history;
        this.observed = observed;
    }

    /** The releases whose time is not over, by region. */
    Map<RegionName, ReleaseId> kept() {
        Map<RegionName, ReleaseId> releases = new HashMap<>();
        warm().filter(fleet -> !fleet.over(now()))
                .forEach(fleet ->
                        releases.put(fleet.region().name(), fleet.kept().release()));
        return releases;
    }

    /** When the last of them may go; empty when none is kept. */
    Optional<Instant> until() {
        return warm().flatMap(fleet -> fleet.kept().until().stream()).max(Comparator.naturalOrder());
    }

    /**
     * Destroys those whose time is over, unless a rollout has not ended that may need them.
     *
     * @return a line for each region in which servers went
     */
    List<String> retireExpired() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        if (history.interrupted().isPresent()) {
            return lines;
        }
        RetireServers retire =
                new RetireServers(workspace.world(), workspace.app().rollout().drain());
        for (Fleet fleet : warm().filter(fleet -> fleet.over(now()))
                .filter(fleet -> observed.sees(fleet.region().name()))
                .toList()) {
            retire.run(fleet.region(), fleet.servers());
            lines.add(fleet.region().name() + ": retired " + fleet.servers().size() + " servers of "
                    + fleet.kept().release());
        }
        lines.forEach(workspace::note);
        return lines;
    }

    /** The newest of the releases that they run. */
    Optional<ReleaseId> newest() {
        return warm().map(fleet -> fleet.kept().release()).max(Comparator.naturalOrder());
    }

    /** How many servers all of them are. */
    int servers() {
        return warm().mapToInt(fleet -> fleet.servers().size()).sum();
    }

    /** The fleets that are there and take no traffic. */
    private Stream<Fleet> warm() {
        return workspace.app().regions().stream()
                .flatMap(region -> history.kept(region.name()).stream().map(kept -> fleet(region, kept)))
                .filter(fleet -> !fleet.servers().isEmpty())
                .filter(fleet -> !observed.serving(fleet.region().name())
                        .contains(fleet.kept().release()));
    }

    private Fleet fleet(Region region, Kept kept) {
        return new Fleet(region, kept, observed.fleet(region.name(), kept.release()));
    }

    private Instant now() {
        return workspace.world().time().now();
    }

    private record Fleet(Region region, Kept kept, List<Server> servers) {
        boolean over(Instant now) {
            return kept.until().filter(now::isBefore).isEmpty();
        }
    }
}
