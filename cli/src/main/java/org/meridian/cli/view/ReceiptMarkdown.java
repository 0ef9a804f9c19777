package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.ProbeReceipt;
import org.meridian.core.model.RolloutRecord;

/** A receipt in Markdown, for the summary of a job. */
final class ReceiptMarkdown {
    private final ReceiptText text = new ReceiptText(new Style(false, true));

    List<String> lines(Receipt receipt, RolloutRecord.Kind kind, boolean troubled) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + text.headline(receipt, kind, troubled));
        if (!receipt.regions().isEmpty()) {
            lines.addAll(List.of("", "| region | servers | prepare | shift |", "|---|---:|---:|---:|"));
            for (Receipt.RegionReceipt region : receipt.regions()) {
                lines.add("| " + region.name() + " | " + region.servers() + " | " + Durations.spoken(region.prepare())
                        + " | " + Durations.spoken(region.shift()) + " |");
            }
        }
        ProbeReceipt probe = receipt.probe();
        if (probe.sent() > 0) {
            lines.addAll(List.of(
                    "",
                    String.format(
                            Locale.ROOT,
                            "Users: %,d requests, **%,d failed**, p50 %s, p99 %s, worst %s.",
                            probe.sent(),
                            probe.failed(),
                            Durations.latency(probe.p50()),
                            Durations.latency(probe.p99()),
                            Durations.latency(probe.max()))));
        }
        lines.add("");
        return lines;
    }
}
