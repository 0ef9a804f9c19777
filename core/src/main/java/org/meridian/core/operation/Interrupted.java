package org.meridian.core.operation;

import java.util.Map;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Past;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.Planner;
import org.meridian.core.rollout.Installations;
import org.meridian.core.rollout.Ledger;
import org.meridian.core.rollout.Rollout;

/** Undoes a rollout that was cut off. */
final class Interrupted {
    private final Workspace workspace;

    Interrupted(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Puts everything back to before that rollout, since another release is wanted now. A rollback is not taken back: that
     * would move users to the release that somebody wanted to leave, only to have them leave it again.
     */
    void settle(Turn turn, RolloutRecord rollout) throws InterruptedException {
        if (rollout.kind() == RolloutRecord.Kind.ROLLBACK) {
            new HalfRollback(workspace, rollout).close(turn);
            return;
        }
        String what = rollout.kind() == RolloutRecord.Kind.SCALE ? "The scaling of " : "The rollout to ";
        workspace.note(what + rollout.to() + " had not ended; it is undone first.");
        Receipt receipt = undo(turn, rollout, false);
        if (receipt.outcome() == Receipt.Outcome.FAILED) {
            throw Failure.needsPerson(Diagnostic.of(
                    "undo-failed",
                    "the rollout to " + rollout.to() + ", which had not ended, could not be undone",
                    "Fix what the lines above name, then run the command again."));
        }
    }

    /** Puts everything back to before that rollout; {@code asked} as in {@link Rollout#undo}. */
    Receipt undo(Turn turn, RolloutRecord rollout, boolean asked) throws InterruptedException {
        Plan plan = plan(rollout);
        new Admission(workspace, workspace.history()::duties).requireBack(plan);
        new Audit(workspace).write("undo", rollout.regions(), "rollout " + rollout.number());
        workspace.started(rollout, plan);
        Ledger ledger = turn.ledger(rollout.number());
        Receipt receipt = new Rollout(
                        workspace.world().under(ledger),
                        workspace.app(),
                        plan,
                        new Installations(
                                workspace.app().name(), workspace.app().primary(), plan.target(), Map.of()),
                        ledger,
                        workspace.history()::duties)
                .undo(rollout, asked);
        workspace.end(turn.lock(), rollout, Workspace.outcome(receipt, Receipt.Outcome.DEPLOYED), receipt);
        if (asked && plan.scales()) {
            tellOfConfiguration(plan);
        }
        return receipt;
    }

    /** The numbers that the scaling was for are still wanted, by the configuration. */
    private void tellOfConfiguration(Plan plan) {
        plan.regions().stream()
                .filter(region -> region.before() > 0
                        && region.before() != region.region().servers())
                .forEach(region -> workspace.note(region.name() + " had " + region.before()
                        + " servers before, and the configuration wants "
                        + region.region().servers() + ": 'meridian scale " + region.name() + "=" + region.before()
                        + "' keeps it so, 'meridian scale' or a deploy makes it "
                        + region.region().servers() + "."));
    }

    private Plan plan(RolloutRecord rollout) throws InterruptedException {
        Release target = workspace
                .history()
                .release(rollout.to())
                .orElseThrow(() -> Failure.of(Diagnostic.of(
                        "release-forgotten",
                        "the interrupted rollout was to " + rollout.to() + ", of which nothing is remembered",
                        "Run 'meridian deploy' to bring every region to one release.")));
        Observation observed = workspace.observeOwn(rollout.regions());
        Past past = workspace.history().past(rollout.from(), rollout.to(), rollout.regions(), observed);
        return new Planner(workspace.app()).plan(rollout.kind(), target, past, Set.copyOf(rollout.regions()), observed);
    }
}
