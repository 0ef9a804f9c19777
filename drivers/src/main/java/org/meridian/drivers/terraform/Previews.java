package org.meridian.drivers.terraform;

import java.util.List;
import org.meridian.core.spi.FleetDriver.Preview;

/** A run's plan as lines for people. */
final class Previews {
    private Previews() {}

    static Preview of(RunReport report) {
        List<String> lines = report.changes().stream()
                .filter(change -> !change.action().equals("noop"))
                .map(change -> sign(change.action()) + " " + change.address())
                .toList();
        String words = report.planned().map(RunReport.Summary::words).orElse("nothing to change");
        return new Preview("Terraform: " + words, lines);
    }

    private static String sign(String action) {
        return switch (action) {
            case "create" -> "+";
            case "delete" -> "-";
            case "update" -> "~";
            case "replace" -> "-/+";
            case "read" -> "<=";
            default -> action;
        };
    }
}
