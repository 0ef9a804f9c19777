package org.meridian.core.operation;

import java.util.Optional;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.rollout.Installations;
import org.meridian.core.rollout.Ledger;
import org.meridian.core.rollout.Rollout;
import org.meridian.core.rollout.World;

/** Carries out a plan as a rollout: announced, remembered, in the journal, with a receipt at its end. */
final class CarryOut {
    private final Workspace workspace;
    private final Turn turn;

    CarryOut(Workspace workspace, Turn turn) {
        this.workspace = workspace;
        this.turn = turn;
    }

    /** Does it, in all regions of the plan; {@code secrets} are for the servers that it prepares. */
    Receipt run(Plan plan, Secrets secrets) throws InterruptedException {
        return run(plan, secrets, CountsFile.NONE);
    }

    /** Does it, and lets the file say so just before; the file is as it was when nothing comes of it. */
    Receipt run(Plan plan, Secrets secrets, CountsFile file) throws InterruptedException {
        RolloutRecord record = record(plan);
        Announcements announcements = new Announcements(workspace);
        announcements.begins(record);
        begin(plan, record, file);
        workspace.started(record, plan);
        Installations installations =
                new Installations(workspace.app().name(), workspace.app().primary(), plan.target(), secrets.values());
        Ledger ledger = turn.ledger(record.number());
        World world = workspace.world().hiding(installations.redaction()).under(ledger);
        Receipt receipt = new Rollout(world, workspace.app(), plan, installations, ledger, workspace.history()::duties)
                .run(record);
        workspace.end(turn.lock(), record, Workspace.outcome(receipt, Workspace.good(plan.kind())), receipt);
        if (receipt.outcome() == Receipt.Outcome.ROLLED_BACK && !plan.rollsBack()) {
            file.restore();
        }
        announcements.ended(record, receipt);
        return receipt;
    }

    private void begin(Plan plan, RolloutRecord record, CountsFile file) {
        file.write();
        try {
            new Audit(workspace).write(Audit.action(plan.kind()), record.regions(), words(record));
            workspace.begin(turn.lock(), plan.target(), record);
        } catch (RuntimeException e) {
            file.restore();
            throw e;
        }
    }

    private static String words(RolloutRecord record) {
        return record.from().map(from -> from + " to ").orElse("to ") + record.to() + ", rollout " + record.number();
    }

    private RolloutRecord record(Plan plan) {
        return new RolloutRecord(
                workspace.history().nextRollout(),
                plan.kind(),
                plan.from(),
                plan.target().id(),
                plan.regions().stream().map(RegionPlan::name).toList(),
                Outcome.RUNNING,
                workspace.world().time().now(),
                Optional.empty(),
                plan.former(),
                plan.servers());
    }
}
