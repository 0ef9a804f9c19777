package org.meridian.cli.view;

import java.time.Instant;
import java.util.List;
import org.meridian.cli.doctor.Finding;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.plan.Plan;

/** What a command found, as data; views decide how it looks. */
public sealed interface Report {
    /**
     * What a rollout will do.
     *
     * @param plan the plan
     * @param past receipts of past rollouts, from which its duration is told
     */
    record PlanMade(Plan plan, List<Receipt> past) implements Report {}

    /**
     * What runs where.
     *
     * @param status what was found
     * @param now    when it was found
     */
    record Status(StatusReport status, Instant now) implements Report {}

    /**
     * The releases.
     *
     * @param releases oldest first
     * @param rollouts oldest first
     */
    record Releases(List<Release> releases, List<RolloutRecord> rollouts) implements Report {}

    /** The servers that carry the app's tags. */
    record Servers(List<Server> servers) implements Report {}

    /** What the doctor found. */
    record Checkup(List<Finding> findings) implements Report {}

    /** Something done that takes one line to tell. */
    record Done(String line) implements Report {}

    /** Text for another program, such as a schema; shown as it is. */
    record Verbatim(String text) implements Report {}
}
