package org.meridian.cli.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.meridian.cli.Meridian;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.plan.Plan;
import org.meridian.testkit.simulation.SimulatedApps;

/** An app whose rollouts end as a test wants them to. */
public final class FakeMeridian implements Meridian {
    private final List<String> calls = new ArrayList<>();
    private Rollout rollout = events -> Samples.receipt(Receipt.Outcome.DEPLOYED);
    private EventSink events = event -> {};
    private Plan plan = Samples.plan();

    /** Sends the events of rollouts there. */
    public Meridian open(EventSink sink) {
        this.events = sink;
        return this;
    }

    /** Lets rollouts do this. */
    public FakeMeridian rollsOut(Rollout what) {
        this.rollout = what;
        return this;
    }

    /** Lets rollouts end like this. */
    public FakeMeridian ends(Receipt.Outcome outcome) {
        return rollsOut(sink -> Samples.receipt(outcome));
    }

    /** Plans this. */
    public FakeMeridian plans(Plan what) {
        this.plan = what;
        return this;
    }

    /** What was called, with its arguments. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public App app() {
        return Samples.APP;
    }

    @Override
    public Plan plan(DeployRequest request) {
        calls.add("plan " + request);
        return plan;
    }

    @Override
    public Receipt deploy(DeployRequest request, Predicate<Plan> confirm) throws InterruptedException {
        return run("deploy " + request, confirm);
    }

    @Override
    public Receipt rollBack(Optional<ReleaseId> to, Predicate<Plan> confirm) throws InterruptedException {
        return run("rollback " + to.map(ReleaseId::toString).orElse("-"), confirm);
    }

    private Receipt run(String call, Predicate<Plan> confirm) throws InterruptedException {
        if (!confirm.test(plan)) {
            throw new AssertionError("a no is thrown, not returned");
        }
        calls.add(call);
        events.emit(new RolloutEvent.Started(Samples.START, Samples.rollout(), plan));
        Receipt receipt = rollout.run(events);
        events.emit(new RolloutEvent.Finished(Samples.after(81_250), receipt));
        return receipt;
    }

    @Override
    public StatusReport status() {
        return Samples.status();
    }

    @Override
    public List<Release> releases() {
        return List.of(Samples.release());
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return List.of(Samples.rollout());
    }

    @Override
    public List<Receipt> receipts() {
        return List.of(Samples.receipt(Receipt.Outcome.DEPLOYED));
    }

    @Override
    public List<Server> servers() {
        return List.of(Samples.existing(SimulatedApps.EU, Samples.R2, 1));
    }

    @Override
    public List<String> retire() {
        return List.of("journal-eu-r1-1");
    }

    @Override
    public void destroy() {
        calls.add("destroy");
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /** What a rollout does between its plan and its receipt. */
    @FunctionalInterface
    public interface Rollout {
        /** Does it and tells how it ended. */
        Receipt run(EventSink events) throws InterruptedException;
    }
}
