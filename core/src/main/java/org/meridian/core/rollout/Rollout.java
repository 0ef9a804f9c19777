package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.RegionReceipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * Carries out a plan: prepare everywhere, shift wave by wave with the primary last, or put everything back.
 *
 * <p>Every part looks at the world before it acts, so that a rollout that was cut off is finished by planning and
 * running it again. An interruption leaves the world as it is at that moment and comes out as InterruptedException.
 */
public final class Rollout {
    private final World world;
    private final App app;
    private final Plan plan;
    private final Installations installations;
    private final PhaseClock phases;
    private final List<RegionName> shifted = new ArrayList<>();

    /** A rollout of this plan in this world. */
    public Rollout(World world, App app, Plan plan, Installations installations) {
        this.world = requireNonNull(world, "world is null");
        this.app = requireNonNull(app, "app is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.installations = requireNonNull(installations, "installations is null");
        this.phases = new PhaseClock(world);
    }

    /** Runs it to an end, good or bad, and tells what was done. */
    public Receipt run(RolloutRecord record) throws InterruptedException {
        return measured(record, this::finishOrUndo);
    }

    /** Puts everything back to before this rollout, which an earlier run began, and tells what was done. */
    public Receipt undo(RolloutRecord record) throws InterruptedException {
        return measured(record, probing -> {
            world.traffic().prepare();
            return revert(Receipt.Outcome.ROLLED_BACK);
        });
    }

    private Receipt measured(RolloutRecord record, Story story) throws InterruptedException {
        Instant startedAt = world.time().now();
        Stopwatch watch = Stopwatch.start(world.time());
        try (Probing probing = Probing.start(world, app, plan.from().isPresent())) {
            Receipt.Outcome outcome = story.tell(probing);
            return new Receipt(
                    record.number(),
                    outcome,
                    plan.target().id(),
                    plan.from(),
                    startedAt,
                    regionReceipts(),
                    probing.receipt(),
                    watch.elapsed());
        }
    }

    private Receipt.Outcome finishOrUndo(Probing probing) throws InterruptedException {
        try {
            prepareEdge();
            retireSuperseded();
            prepareEverywhere();
            runBeforeShift();
            shiftWaveByWave(probing);
            drainPrevious();
            return plan.rollsBack() ? Receipt.Outcome.ROLLED_BACK : Receipt.Outcome.DEPLOYED;
        } catch (Failure e) {
            report(e);
            // A rollback that fails leaves readers on the release they wanted to leave: that needs a person.
            return revert(plan.rollsBack() ? Receipt.Outcome.FAILED : Receipt.Outcome.ROLLED_BACK);
        }
    }

    private Receipt.Outcome revert(Receipt.Outcome good) throws InterruptedException {
        boolean undone = new Revert(world, app, plan, phases).run(List.copyOf(shifted));
        return undone ? good : Receipt.Outcome.FAILED;
    }

    /** Servers that the edge knows already have their pools; going back to them must not wait for anything else. */
    private void prepareEdge() throws InterruptedException {
        if (plan.regions().stream().anyMatch(region -> !region.toPrepare().isEmpty())) {
            world.traffic().prepare();
        }
    }

    private void retireSuperseded() throws InterruptedException {
        List<RegionPlan> regions =
                plan.regions().stream().filter(r -> !r.superseded().isEmpty()).toList();
        RetireServers retire = new RetireServers(world, app.rollout().drain());
        world.tasks()
                .forEach(
                        regions,
                        region -> phases.during(
                                region.name(), Phase.RETIRE, () -> retire.run(region.region(), region.superseded())));
    }

    private void prepareEverywhere() throws InterruptedException {
        List<RegionPlan> regions =
                plan.regions().stream().filter(r -> !r.toPrepare().isEmpty()).toList();
        PrepareRegion prepare = new PrepareRegion(world, installations);
        world.tasks()
                .forEach(regions, region -> phases.during(region.name(), Phase.PREPARE, () -> prepare.run(region)));
    }

    private void runBeforeShift() throws InterruptedException {
        if (plan.beforeShift().isPresent()) {
            RunBeforeShift hook = new RunBeforeShift(world, plan);
            phases.during(plan.primary(), Phase.BEFORE_SHIFT, hook::run);
        }
    }

    private void shiftWaveByWave(Probing probing) throws InterruptedException {
        Judge judge = new Judge(world, plan, probing);
        ShiftRegion shift = new ShiftRegion(world, plan);
        Duration watch = plan.rollsBack() ? Duration.ZERO : app.rollout().watch();
        for (List<RegionName> wave : plan.waves()) {
            new Gate(world, plan).pass(wave);
            shifted.addAll(wave);
            world.tasks()
                    .forEach(
                            wave,
                            region -> phases.during(region, Phase.SHIFT, () -> {
                                shift.run(plan.region(region));
                                judge.watch(List.of(plan.region(region)), watch);
                            }));
            judge.requireHealthy(serving());
        }
    }

    private List<RegionPlan> serving() {
        return plan.regions().stream()
                .filter(region -> shifted.contains(region.name()))
                .toList();
    }

    private void drainPrevious() throws InterruptedException {
        AwaitDrained drained = new AwaitDrained(world, app.rollout().drain());
        List<RegionPlan> regions = serving().stream()
                .filter(region -> !region.previous().isEmpty())
                .toList();
        world.tasks()
                .forEach(
                        regions,
                        region -> phases.during(
                                region.name(),
                                Phase.DRAIN,
                                () -> drained.run(
                                        region.name(),
                                        region.previous().stream()
                                                .map(Server::name)
                                                .toList())));
    }

    private void report(Failure failure) {
        failure.diagnostics().forEach(problem -> world.events()
                .emit(new RolloutEvent.Failed(world.time().now(), Optional.empty(), problem)));
    }

    private List<RegionReceipt> regionReceipts() {
        List<RegionName> order = new ArrayList<>(shifted);
        plan.regions().stream()
                .map(RegionPlan::name)
                .filter(name -> !order.contains(name))
                .forEach(order::add);
        return order.stream()
                .map(name -> new RegionReceipt(
                        name,
                        plan.region(name).wanted().size(),
                        phases.taken(name, Phase.PREPARE),
                        phases.taken(name, Phase.SHIFT)))
                .toList();
    }

    /** What is done between the start and the receipt. */
    private interface Story {
        Receipt.Outcome tell(Probing probing) throws InterruptedException;
    }
}
