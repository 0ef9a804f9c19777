package org.meridian.core.operation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.RetireServers;
import org.meridian.core.rollout.World;

/** A rollback that was cut off, or left regions out, and that nobody goes on with: it ends where it is. */
final class HalfRollback {
    private final Workspace workspace;
    private final RolloutRecord rollback;

    HalfRollback(Workspace workspace, RolloutRecord rollback) {
        this.workspace = workspace;
        this.rollback = rollback;
    }

    /** Lets it have ended well in the regions whose users went back, and leaves nothing of it in the others. */
    void close(Turn turn) throws InterruptedException {
        workspace.note("The rollback to " + rollback.to() + " had not ended; each region goes on from what it has.");
        World world = turn.outside().world();
        Observation observed = workspace.observeOwn(rollback.regions());
        List<RegionName> back = rollback.regions().stream()
                .filter(region -> observed.serving(region).equals(Set.of(rollback.to())))
                .toList();
        for (Region region : workspace.app().regions()) {
            if (rollback.regions().contains(region.name())) {
                drainWhatLeft(region.name(), observed, world);
                if (!back.contains(region.name())) {
                    removeUnused(region, observed, world);
                }
            }
        }
        workspace.state().save(turn.lock(), ended(back));
    }

    private RolloutRecord ended(List<RegionName> back) {
        return back.isEmpty()
                ? rollback.ended(Outcome.ROLLED_BACK, Optional.empty())
                : rollback.in(back)
                        .ended(
                                Outcome.DONE,
                                Optional.of(workspace
                                        .world()
                                        .time()
                                        .now()
                                        .plus(workspace.app().rollout().keepPrevious())));
    }

    /** A weight of 0 alone leaves users with an affinity where they are. */
    private static void drainWhatLeft(RegionName region, Observation observed, World world)
            throws InterruptedException {
        List<ServerName> left = observed.pool(region).origins().stream()
                .filter(origin -> !origin.serving() && !origin.draining())
                .map(Origin::server)
                .toList();
        if (!left.isEmpty()) {
            world.traffic().drain(region, left);
        }
    }

    /** What was warm before the rollback stays. */
    private void removeUnused(Region region, Observation observed, World world) throws InterruptedException {
        boolean warm = workspace
                .history()
                .kept(region.name())
                .filter(kept -> kept.release().equals(rollback.to()))
                .isPresent();
        if (!warm && !observed.serving(region.name()).contains(rollback.to())) {
            new RetireServers(world, workspace.app().rollout().drain())
                    .run(region, observed.fleet(region.name(), rollback.to()));
        }
    }
}
