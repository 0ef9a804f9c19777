package org.meridian.core.operation;

import java.time.Duration;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.ProbeReceipt;
import org.meridian.core.model.Receipt.RegionReceipt;
import org.meridian.core.plan.Plan;

/** Receipts of commands that moved nothing. */
final class Receipts {
    private Receipts() {}

    static Receipt unchanged(Workspace workspace, Plan plan) {
        return new Receipt(
                0,
                Receipt.Outcome.UNCHANGED,
                plan.target().id(),
                plan.from().filter(from -> !from.equals(plan.target().id())),
                workspace.world().time().now(),
                plan.regions().stream()
                        .map(region ->
                                new RegionReceipt(region.name(), region.wanted().size(), Duration.ZERO, Duration.ZERO))
                        .toList(),
                ProbeReceipt.NONE,
                Duration.ZERO);
    }
}
