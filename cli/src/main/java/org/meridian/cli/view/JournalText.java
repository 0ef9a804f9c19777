package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.JournalReport.Line;

/** A rollout's journal as people read it: when, what, for how long, and how it ended. */
final class JournalText {
    private final Style style;

    JournalText(Style style) {
        this.style = style;
    }

    List<String> lines(JournalReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("rollout " + report.rollout().number()) + ": "
                + Words.rollout(report.rollout(), report.underWay()));
        if (report.lines().isEmpty()) {
            lines.add("Nothing is in its journal.");
            return lines;
        }
        lines.add("");
        lines.addAll(table(report).lines(style));
        return lines;
    }

    private Table table(JournalReport report) {
        // A rollout that was cut off and undone has the acts of two deployers.
        List<Long> runs =
                report.lines().stream().map(Line::token).distinct().sorted().toList();
        long last = runs.getLast();
        var table = new Table("time (UTC)", " run", "what", " took", "ended");
        for (Line line : report.lines()) {
            table.row(
                    Times.second(line.at()),
                    Integer.toString(runs.indexOf(line.token()) + 1),
                    line.act().words(),
                    line.took().map(Durations::spoken).orElse("-"),
                    ended(line, report.underWay() && line.token() == last));
        }
        return table;
    }

    private String ended(Line line, boolean mayRun) {
        if (line.end().isEmpty()) {
            return mayRun ? "runs" : style.yellow("not known");
        }
        return line.end().get() == State.FAILED
                ? style.red("failed")
                        + line.problem().map(problem -> ": " + first(problem)).orElse("")
                : "done";
    }

    private static String first(String problem) {
        return problem.lines().findFirst().orElse("");
    }
}
