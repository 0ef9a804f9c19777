package org.meridian.core.rollout;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.RegionName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.Tasks;

/**
 * A rollback: users go back to a former release, region by region, and none waits for one that is not well.
 *
 * <p>First those whose former servers are warm, wave by wave, since that takes a moment; then those whose servers have to
 * be made. A region that can't go back stays as it is and is told: what is back is not taken forward again for its sake
 * (docs/decisions/0012).
 */
final class GoBack {
    private final World world;
    private final Plan plan;
    private final RegionSteps steps;
    private final Judge judge;
    private final Approval approval;
    private final AbortWatch abort;
    private final List<RegionName> shifted;
    private final Set<RegionName> left = ConcurrentHashMap.newKeySet();

    /** A rollback; the regions whose users move, or may have, are added to {@code shifted}. */
    GoBack(
            World world,
            Plan plan,
            RegionSteps steps,
            Judge judge,
            Approval approval,
            AbortWatch abort,
            List<RegionName> shifted) {
        this.world = world;
        this.plan = plan;
        this.steps = steps;
        this.judge = judge;
        this.approval = approval;
        this.abort = abort;
        this.shifted = shifted;
    }

    /** Runs it; only a lost lock and a person who aborts end it before its time. */
    Outcome run() throws InterruptedException {
        shift(region -> region.toPrepare().isEmpty());
        settleWorkers(this::isShifted);
        makeAgain(plan.regions().stream()
                .filter(region -> !region.toPrepare().isEmpty())
                .toList());
        shift(region -> !region.toPrepare().isEmpty());
        // Also where users stay on what they have: their workers may have been told to end.
        settleWorkers(region -> !region.toPrepare().isEmpty() || !isShifted(region) || !goesOn(region));
        each(plan.regions(), steps::retireSuperseded);
        each(plan.regions(), steps::retireLeaving);
        List<RegionPlan> back = plan.regions().stream().filter(this::isShifted).toList();
        each(back, steps::drainPrevious);
        each(plan.regions(), steps::settleTraffic);
        each(back, this::requireHealthy);
        tellWhatStays();
        return left.isEmpty() ? Outcome.ROLLED_BACK : Outcome.FAILED;
    }

    private void shift(Predicate<RegionPlan> which) throws InterruptedException {
        for (List<RegionName> wave : plan.waves()) {
            approval.requireNotAborted();
            List<RegionPlan> regions = wave.stream()
                    .map(plan::region)
                    .filter(which.and(this::goesOn))
                    .toList();
            regions.forEach(region -> shifted.add(region.name()));
            each(regions, steps::shift);
        }
    }

    /** After the traffic of all of them, which waits for no workers. */
    private void settleWorkers(Predicate<RegionPlan> which) throws InterruptedException {
        List<RegionPlan> regions = plan.regions().stream().filter(which).toList();
        world.tasks().forEach(regions, region -> attempt(List.of(region), () -> steps.settleWorkers(region)));
    }

    private boolean isShifted(RegionPlan region) {
        return shifted.contains(region.name());
    }

    private void makeAgain(List<RegionPlan> regions) throws InterruptedException {
        if (regions.isEmpty()) {
            return;
        }
        note(names(regions.stream().map(RegionPlan::name).toList()) + ": not every server of "
                + plan.target().id() + " is there and healthy; what is missing is made now.");
        each(regions, region -> world.requireReach(region.region()));
        each(regions, steps::retireSuperseded);
        attempt(regions.stream().filter(this::goesOn).toList(), () -> world.traffic()
                .prepare());
        abort.interrupting(() -> each(regions, steps::prepareOrRemove));
    }

    /** Where nobody answers now, users are back all the same; that it can't be seen has been said. */
    private void requireHealthy(RegionPlan region) throws InterruptedException {
        try {
            judge.requireHealthy(List.of(region));
        } catch (Failure e) {
            if (!Patience.isMomentary(e)) {
                throw e;
            }
        }
    }

    private void tellWhatStays() {
        if (!left.isEmpty()) {
            note(names(left) + ": not back on " + plan.target().id()
                    + " with every server; every other region is. 'meridian rollback' goes on there.");
        }
    }

    private static String names(Collection<RegionName> regions) {
        return regions.stream().map(RegionName::value).sorted().collect(Collectors.joining(", "));
    }

    private boolean goesOn(RegionPlan region) {
        return !left.contains(region.name());
    }

    private void each(List<RegionPlan> regions, Tasks.Action<RegionPlan> step) throws InterruptedException {
        List<RegionPlan> going = regions.stream().filter(this::goesOn).toList();
        world.tasks().forEach(going, region -> attempt(List.of(region), () -> step.run(region)));
    }

    /** Does something for regions, which stay as they are when it fails. */
    private void attempt(List<RegionPlan> regions, Tasks.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            if (Lease.isLoss(e) || Approval.isAbort(e)) {
                throw e;
            }
            regions.forEach(region -> stays(region.name(), e));
        }
    }

    private void stays(RegionName region, Failure failure) {
        left.add(region);
        failure.diagnostics().forEach(problem -> world.events()
                .emit(new RolloutEvent.Failed(world.time().now(), Optional.of(region), problem)));
    }

    private void note(String text) {
        world.events().emit(new RolloutEvent.Note(world.time().now(), text));
    }
}
