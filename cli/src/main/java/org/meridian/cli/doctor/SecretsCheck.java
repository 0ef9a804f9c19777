package org.meridian.cli.doctor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SecretsReport.InRegion;

/** Whether every store of secrets gives what is referred to, and every region has the names that it must have. */
record SecretsCheck(Reading reading) implements Check {
    private static final String NAME = "secrets";

    @Override
    public Finding look() throws InterruptedException {
        try {
            return reading.read().map(SecretsCheck::found).orElseGet(() -> Finding.ok(NAME, "none are used"));
        } catch (Failure e) {
            return Finding.fail(NAME, summary(e.diagnostics()), fix(e.diagnostics()));
        }
    }

    private static Finding found(SecretsReport report) {
        List<InRegion> lacking = report.regions().stream()
                .filter(region -> !region.missing().isEmpty())
                .toList();
        if (!lacking.isEmpty()) {
            return Finding.fail(
                    NAME,
                    lacking.stream()
                            .map(region -> region.region() + " lacks " + String.join(", ", region.missing()))
                            .collect(Collectors.joining("; ")),
                    "Add them to a source that the region's 'secrets' names, or to 'env'; 'meridian secrets' lists"
                            + " what there is.");
        }
        int names = report.differences().size() + report.same().size();
        long sources = report.regions().stream()
                .flatMap(region -> region.sources().stream())
                .distinct()
                .count();
        return Finding.ok(
                NAME,
                names == 0
                        ? "none are used"
                        : counted(names, "name") + " from " + counted(sources, "source") + " can be read");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String summary(List<Diagnostic> problems) {
        return problems.size() == 1
                ? problems.getFirst().summary()
                : problems.size() + " sources can't be read, the first: "
                        + problems.getFirst().summary();
    }

    private static String fix(List<Diagnostic> problems) {
        return problems.size() == 1
                ? problems.getFirst().suggestion()
                : problems.stream()
                        .map(problem -> problem.summary() + " - " + problem.suggestion())
                        .collect(Collectors.joining("\n"));
    }

    /** Asks the stores. */
    @FunctionalInterface
    interface Reading {
        /** What they have; empty where none is known. */
        Optional<SecretsReport> read() throws InterruptedException;
    }
}
