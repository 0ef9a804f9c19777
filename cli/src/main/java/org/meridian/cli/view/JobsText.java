package org.meridian.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.operation.JobReport;

/** Jobs and their runs as people read them. */
final class JobsText {
    private final Style style;

    JobsText(Style style) {
        this.style = style;
    }

    List<String> lines(JobReport report) {
        if (report.rows().isEmpty()) {
            return List.of("No release that serves has jobs.");
        }
        return table(report.rows());
    }

    List<String> table(List<JobReport.Row> rows) {
        var table = new Table("job", "schedule", "server", "next (UTC)", "last run (UTC)");
        rows.forEach(row -> table.row(
                row.name(),
                row.job().schedule().toString(),
                row.server().value(),
                next(row),
                row.last().map(this::briefly).orElse("-")));
        return table.lines(style);
    }

    private String next(JobReport.Row row) {
        Optional<JobState> state = row.state();
        if (row.problem().isPresent()) {
            return style.bad() + " " + row.problem().get();
        }
        if (state.flatMap(JobState::running).isPresent()) {
            return "runs since " + Times.second(state.flatMap(JobState::running).orElseThrow());
        }
        boolean scheduled = state.filter(JobState::scheduled).isPresent();
        Optional<Instant> next = state.flatMap(JobState::next);
        return scheduled ? next.map(Times::second).orElse("now") : style.bad() + " not scheduled: deploy again";
    }

    private String briefly(JobRun run) {
        return Times.second(run.began()) + " " + end(run);
    }

    private String end(JobRun run) {
        return run.end() == JobRun.End.OK ? "ok" : style.bad() + " " + words(run);
    }

    private static String words(JobRun run) {
        return switch (run.end()) {
            case OK, FAILED -> "exit code " + run.exitCode();
            case TIMEOUT, STOPPED, LOST -> run.end().name().toLowerCase(Locale.ROOT);
        };
    }

    List<String> runs(List<JobRun> runs) {
        if (runs.isEmpty()) {
            return List.of("No run.");
        }
        List<String> lines = new ArrayList<>();
        if (runs.stream().allMatch(run -> run.output().isEmpty())) {
            var table = new Table("job", "began (UTC)", "took", "release", "server", "by", "end");
            runs.forEach(run -> table.row(
                    run.job(),
                    Times.second(run.began()),
                    Durations.spoken(run.took()),
                    run.release().toString(),
                    run.server().value(),
                    run.byHand() ? "hand" : "schedule",
                    end(run)));
            return table.lines(style);
        }
        for (JobRun run : runs) {
            lines.add(style.bold(Times.second(run.began()) + " UTC") + "  " + Durations.spoken(run.took()) + "  "
                    + run.release() + " on " + run.server() + (run.byHand() ? ", by hand" : "") + ": " + end(run));
            run.output().lines().forEach(line -> lines.add("  " + Visible.of(line)));
        }
        return lines;
    }
}
