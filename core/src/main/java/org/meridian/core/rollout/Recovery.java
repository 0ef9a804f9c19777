package org.meridian.core.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.RegionName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/** What is done about a rollout that failed: everything goes back, unless the team wants otherwise. */
final class Recovery {
    private final World world;
    private final App app;
    private final Plan plan;
    private final PhaseClock phases;
    private final HandOver handOver;
    private final NewServers made;

    Recovery(World world, App app, Plan plan, PhaseClock phases, HandOver handOver, NewServers made) {
        this.world = world;
        this.app = app;
        this.plan = plan;
        this.phases = phases;
        this.handOver = handOver;
        this.made = made;
    }

    /** Acts on a failure; {@code shifted} are the regions whose users moved or may have, {@code failed} those to blame. */
    Outcome from(Failure failure, List<RegionName> shifted, Set<RegionName> failed) throws InterruptedException {
        return switch (mode(failure, shifted, failed)) {
            case ROLLBACK_ALL -> revertAll(shifted);
            case ROLLBACK_REGION -> revertRegions(shifted, failed);
            case PAUSE -> pause();
        };
    }

    /** Undoes what an earlier run did; a person who asks for it wants it whatever the former fleets are like. */
    Outcome undo(boolean asked) throws InterruptedException {
        return switch (new Revert(world, app, plan, phases, handOver, made, asked).run(List.of(), plan.regions())) {
            case COMPLETE -> Outcome.ROLLED_BACK;
            case LEFT -> Outcome.PAUSED;
            case INCOMPLETE -> Outcome.FAILED;
        };
    }

    private boolean complete(List<RegionName> order, List<RegionPlan> regions) throws InterruptedException {
        return new Revert(world, app, plan, phases, handOver, made, false).run(List.copyOf(order), regions)
                == Revert.End.COMPLETE;
    }

    /** A person who aborts wants all of it back; and where no region stays on the new release, none is left behind. */
    private OnFailure mode(Failure failure, List<RegionName> shifted, Set<RegionName> failed) {
        boolean aborted = Approval.isAbort(failure);
        boolean noneStays = failed.containsAll(shifted);
        OnFailure wanted = app.rollout().onFailure();
        return plan.rollsBack() || aborted || (wanted == OnFailure.ROLLBACK_REGION && noneStays)
                ? OnFailure.ROLLBACK_ALL
                : wanted;
    }

    /** A rollback that fails leaves users on the release they wanted to leave: that needs a person. */
    private Outcome revertAll(List<RegionName> shifted) throws InterruptedException {
        boolean good = complete(shifted, plan.regions()) && !plan.rollsBack();
        return good ? Outcome.ROLLED_BACK : Outcome.FAILED;
    }

    private Outcome revertRegions(List<RegionName> shifted, Set<RegionName> failed) throws InterruptedException {
        Set<RegionName> leaving = new HashSet<>(failed);
        // Regions of the same wave were cut off by the failure in the midst of their shift.
        shifted.stream().filter(region -> !moved(region)).forEach(leaving::add);
        List<RegionPlan> regions = plan.regions().stream()
                .filter(region -> leaving.contains(region.name()))
                .toList();
        List<RegionName> order = shifted.stream().filter(leaving::contains).toList();
        return complete(order, regions) ? paused() : Outcome.FAILED;
    }

    private boolean moved(RegionName region) {
        return phases.ended(region, RolloutEvent.Phase.SHIFT);
    }

    /** What stays as it is has its workers where its traffic is. */
    private Outcome pause() throws InterruptedException {
        boolean settled = true;
        for (RegionPlan region : plan.regions()) {
            try {
                handOver.settle(region);
            } catch (Failure e) {
                if (Lease.isLoss(e)) {
                    throw e;
                }
                settled = false;
                e.diagnostics().forEach(problem -> world.events()
                        .emit(new RolloutEvent.Failed(world.time().now(), Optional.of(region.name()), problem)));
            }
        }
        return settled ? paused() : Outcome.FAILED;
    }

    private Outcome paused() {
        String stopped = plan.scales()
                ? "Stopped as it is: 'meridian scale' goes on, 'meridian rollback' puts the former number of servers back."
                : "Stopped as it is: 'meridian deploy' goes on with "
                        + plan.target().id()
                        + ", 'meridian rollback' "
                        + plan.from().map(from -> "puts " + from + " back.").orElse("removes it.");
        world.events().emit(new RolloutEvent.Note(world.time().now(), stopped));
        return Outcome.PAUSED;
    }
}
