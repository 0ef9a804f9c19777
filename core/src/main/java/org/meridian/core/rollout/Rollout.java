package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.App;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.RegionReceipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.Tasks;

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
    private final Ledger ledger;
    private final NewServers made = new NewServers();
    private final HandOver handOver;
    private final Approval approval;
    private final AbortWatch abort;
    private final PhaseClock phases;
    private final List<RegionName> shifted = new ArrayList<>();
    private final Set<RegionName> failed = ConcurrentHashMap.newKeySet();

    /**
     * A rollout of this plan.
     *
     * @param world         where every act is in {@code ledger}
     * @param app           what is wanted
     * @param plan          what is to be done
     * @param installations what each server gets
     * @param ledger        this rollout's
     * @param duties        what each release does beside answering requests
     */
    public Rollout(
            World world,
            App app,
            Plan plan,
            Installations installations,
            Ledger ledger,
            Function<ReleaseId, Duties> duties) {
        this.world = requireNonNull(world, "world is null");
        this.app = requireNonNull(app, "app is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.installations = requireNonNull(installations, "installations is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.handOver = new HandOver(world, requireNonNull(duties, "duties is null"), made);
        this.approval = new Approval(world, ledger);
        this.abort = new AbortWatch(world, approval);
        this.phases = new PhaseClock(world);
    }

    /** Runs it to an end, good or bad, and tells what was done. */
    public Receipt run(RolloutRecord record) throws InterruptedException {
        return measured(record, this::finishOrUndo);
    }

    /**
     * Puts everything back to before this rollout, which an earlier run began, and tells what was done.
     *
     * @param asked whether a person asked for just that; otherwise a region whose former fleet is not healthy is left on
     *              the new one where that is, and the outcome is PAUSED
     */
    public Receipt undo(RolloutRecord record, boolean asked) throws InterruptedException {
        return measured(record, probing -> {
            ledger.goOnWithoutStore();
            world.traffic().prepare();
            return recovery().undo(asked);
        });
    }

    private Receipt measured(RolloutRecord record, Story story) throws InterruptedException {
        Instant startedAt = world.time().now();
        Stopwatch watch = Stopwatch.start(world.time());
        try (Probing probing = Probing.start(world, app, plan.from().isPresent())) {
            Receipt.Outcome outcome = story.tell(probing);
            if (outcome == Receipt.Outcome.DEPLOYED && plan.from().isEmpty()) {
                world.events()
                        .emit(new RolloutEvent.Note(
                                world.time().now(),
                                "users reach it at " + world.traffic().address()));
            }
            if (outcome == Receipt.Outcome.ROLLED_BACK && plan.from().isEmpty()) {
                new WhatStays(world).tell();
            }
            ledger.catchUp();
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
        Judge judge = new Judge(world, plan, probing, approval);
        try {
            StartOrder order =
                    StartOrder.of(world, approval, plan, app.rollout().parallel());
            PrepareRegion prepare = new PrepareRegion(world, installations, approval, order, made);
            WaveGate gate = WaveGate.atTheBeginning(world, plan);
            RegionSteps steps = new RegionSteps(world, app, plan, ledger, phases, prepare, judge, gate, handOver);
            return plan.rollsBack() ? goBack(steps, judge) : deploy(steps, judge, gate);
        } catch (Failure e) {
            report(e, Optional.empty());
            if (Lease.isLoss(e)) {
                throw e;
            }
            ledger.goOnWithoutStore();
            return recovery().from(e, shifted, failed);
        }
    }

    private Receipt.Outcome deploy(RegionSteps steps, Judge judge, WaveGate gate) throws InterruptedException {
        prepareEdge();
        world.tasks().forEach(plan.regions(), steps::retireSuperseded);
        approval.requireNotAborted();
        prepare(steps);
        approval.requireNotAborted();
        runBeforeShift();
        shiftWaveByWave(steps, judge, gate);
        List<RegionPlan> unmoved = plan.regions().stream()
                .filter(region -> !shifted.contains(region.name()))
                .toList();
        world.tasks().forEach(unmoved, region -> blaming(region.name(), () -> steps.settleWorkers(region)));
        ledger.goOnWithoutStore();
        world.tasks().forEach(serving(), steps::drainPrevious);
        // A machine that nobody can tell now to send users on is not told to send them back either.
        boolean settled = everywhere(steps::settleTraffic, Patience::isMomentary);
        // Users have left these servers for good; that one can't be destroyed is no reason to bring them back.
        boolean retired = everywhere(steps::retireLeaving, failure -> true);
        if (!settled || !retired) {
            return Receipt.Outcome.FAILED;
        }
        return plan.scales() ? Receipt.Outcome.SCALED : Receipt.Outcome.DEPLOYED;
    }

    /** Whether it worked in every region; what fails in a way that is to be {@code left} as it is is said. */
    private boolean everywhere(Tasks.Action<RegionPlan> step, Predicate<Failure> left) throws InterruptedException {
        AtomicBoolean worked = new AtomicBoolean(true);
        world.tasks().forEach(plan.regions(), region -> {
            try {
                step.run(region);
            } catch (Failure e) {
                if (Lease.isLoss(e) || !left.test(e)) {
                    throw e;
                }
                worked.set(false);
                report(e, Optional.of(region.name()));
            }
        });
        return worked.get();
    }

    /** Nothing is to be gained by turning back from going back: a store that is silent stops nothing. */
    private Receipt.Outcome goBack(RegionSteps steps, Judge judge) throws InterruptedException {
        ledger.goOnWithoutStore();
        return new GoBack(world, plan, steps, judge, approval, abort, shifted).run();
    }

    private Recovery recovery() {
        return new Recovery(world, app, plan, phases, handOver, made);
    }

    /** Servers that the edge knows already have their pools; going back to them must not wait for anything else. */
    private void prepareEdge() throws InterruptedException {
        if (plan.regions().stream().anyMatch(region -> !region.toPrepare().isEmpty())) {
            world.traffic().prepare();
        }
    }

    /** Everywhere at once. Nothing of the release starts anywhere before its command has ended well. */
    private void prepare(RegionSteps steps) throws InterruptedException {
        if (plan.releaseCommand().isPresent()) {
            abort.interrupting(() -> world.tasks().forEach(plan.regions(), steps::install));
            approval.requireNotAborted();
            RunOnce once = new RunOnce(world, plan, ledger);
            List<String> command = plan.releaseCommand().get();
            abort.announcing(
                    "release_command",
                    () -> phases.during(once.where(), Phase.RELEASE_COMMAND, () -> once.releaseCommand(command)));
            approval.requireNotAborted();
        }
        abort.interrupting(() -> world.tasks().forEach(plan.regions(), steps::prepare));
    }

    private void runBeforeShift() throws InterruptedException {
        if (plan.beforeShift().isPresent()) {
            RunOnce once = new RunOnce(world, plan, ledger);
            List<String> command = plan.beforeShift().get();
            abort.announcing(
                    "before_shift",
                    () -> phases.during(plan.primary(), Phase.BEFORE_SHIFT, () -> once.beforeShift(command)));
            approval.requireNotAborted();
        }
    }

    private void shiftWaveByWave(RegionSteps steps, Judge judge, WaveGate gate) throws InterruptedException {
        for (List<RegionName> wave : plan.waves()) {
            approval.requireNotAborted();
            gate.pass(wave);
            awaitApproval(wave, gate);
            shifted.addAll(wave);
            world.tasks().forEach(wave, region -> blaming(region, () -> steps.shift(plan.region(region))));
            for (RegionPlan region : serving()) {
                blaming(region.name(), () -> judge.requireHealthy(List.of(region)));
            }
        }
    }

    private void awaitApproval(List<RegionName> wave, WaveGate gate) throws InterruptedException {
        Optional<Duration> within = app.rollout().approveWithin();
        if (within.isPresent() && !plan.scales() && plan.from().isPresent() && wave.contains(plan.primary())) {
            approval.await(plan, within.get());
            gate.pass(wave);
        }
    }

    /** Does something with a region, and remembers that it failed there. */
    private void blaming(RegionName region, PhaseClock.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            failed.add(region);
            throw e;
        }
    }

    private List<RegionPlan> serving() {
        return plan.regions().stream()
                .filter(region -> shifted.contains(region.name()))
                .toList();
    }

    private void report(Failure failure, Optional<RegionName> region) {
        failure.diagnostics().forEach(problem -> world.events()
                .emit(new RolloutEvent.Failed(world.time().now(), region, problem)));
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
