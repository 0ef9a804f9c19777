package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.ProbeReceipt;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;

/** A receipt as people read it: what happened, each region's part, and what users saw. */
final class ReceiptText {
    private final Style style;

    ReceiptText(Style style) {
        this.style = style;
    }

    /** The lines; {@code troubled} tells a deploy that failed from one that was taken back as asked. */
    List<String> lines(Receipt receipt, RolloutRecord.Kind kind, boolean troubled) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  " + style.bold(headline(receipt, kind, troubled)));
        if (receipt.outcome() == Receipt.Outcome.PAUSED && kind == RolloutRecord.Kind.SCALE) {
            lines.add(
                    "  'meridian status' shows who has what; 'meridian scale' goes on, 'meridian rollback' undoes it");
        } else if (receipt.outcome() == Receipt.Outcome.PAUSED) {
            lines.add(
                    "  'meridian status' shows who serves what; 'meridian deploy' goes on, 'meridian rollback' undoes it");
        }
        if (!receipt.regions().isEmpty()) {
            lines.add("");
            regions(receipt).lines(style).forEach(line -> lines.add("  " + line));
        }
        if (receipt.probe().sent() > 0) {
            lines.add("");
            lines.add("  " + probe(receipt.probe()));
        }
        lines.add("");
        return lines;
    }

    String headline(Receipt receipt, RolloutRecord.Kind kind, boolean troubled) {
        String took = " in " + Durations.spoken(receipt.duration());
        String arrow = Words.arrow(receipt.previous(), receipt.release());
        return switch (receipt.outcome()) {
            case DEPLOYED -> style.good() + " Deployed " + arrow + took;
            case SCALED -> style.good() + " Scaled " + receipt.release() + took;
            case UNCHANGED -> style.good() + " Nothing to do: " + receipt.release() + " serves everywhere";
            case ROLLED_BACK -> {
                if (kind == RolloutRecord.Kind.ROLLBACK) {
                    yield style.good() + " Rolled back " + arrow + took;
                }
                String not = kind == RolloutRecord.Kind.SCALE ? " Not scaled: " : " Not deployed: ";
                yield (troubled ? style.bad() + not : style.good() + " ") + wentBack(receipt) + took;
            }
            case PAUSED ->
                style.doubtful() + " Paused" + between(receipt) + " after " + Durations.spoken(receipt.duration())
                        + ": a person has to decide";
            case FAILED -> style.bad() + " Failed: " + arrow + " needs a person" + took;
        };
    }

    private static String between(Receipt receipt) {
        return receipt.previous()
                .filter(from -> !from.equals(receipt.release()))
                .map(from -> " between " + from + " and " + receipt.release())
                .orElse(" in the midst of " + receipt.release());
    }

    private static String wentBack(Receipt receipt) {
        if (receipt.previous().equals(Optional.of(receipt.release()))) {
            return receipt.release() + " has its former servers";
        }
        return receipt.previous()
                .map(previous -> everywhere(previous) + ", " + receipt.release() + " was taken back")
                .orElse(receipt.release() + " was taken back, nothing served before");
    }

    private static String everywhere(ReleaseId release) {
        return release + " serves as before";
    }

    private static Table regions(Receipt receipt) {
        var table = new Table("region", " servers", " prepare", " shift");
        for (Receipt.RegionReceipt region : receipt.regions()) {
            table.row(
                    region.name().value(),
                    Integer.toString(region.servers()),
                    region.prepare().isZero() ? "-" : Durations.spoken(region.prepare()),
                    region.shift().isZero() ? "-" : Durations.spoken(region.shift()));
        }
        return table;
    }

    private String probe(ProbeReceipt probe) {
        String failed = String.format(Locale.ROOT, "%,d failed", probe.failed());
        return String.join(
                " " + style.dim(style.dot()) + " ",
                String.format(Locale.ROOT, "%,d requests", probe.sent()),
                probe.failed() == 0 ? style.green(failed) : style.red(failed),
                "p50 " + Durations.latency(probe.p50()),
                "p99 " + Durations.latency(probe.p99()),
                "worst " + Durations.latency(probe.max()));
    }
}
