package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.operation.ServicesReport;
import org.meridian.core.operation.ServicesReport.KeptRow;
import org.meridian.core.operation.ServicesReport.WorkerRow;

/** What an app does beside answering requests, as people read it. */
final class ServicesText {
    private final Style style;

    ServicesText(Style style) {
        this.style = requireNonNull(style, "style is null");
    }

    /** A table for each kind of which there is any, with an empty line before each; then who could not be asked. */
    List<String> lines(ServicesReport services) {
        List<String> lines = new ArrayList<>();
        if (!services.workers().isEmpty()) {
            lines.add("");
            lines.addAll(workers(services.workers()).lines(style));
        }
        if (!services.jobs().isEmpty()) {
            lines.add("");
            lines.addAll(new JobsText(style).table(services.jobs()));
        }
        if (!services.kept().isEmpty()) {
            lines.add("");
            lines.addAll(kept(services.kept()).lines(style));
        }
        if (!services.unasked().isEmpty()) {
            lines.add("");
        }
        services.unasked()
                .forEach(one -> lines.add(style.doubtful() + " " + Visible.of(one.name()) + " in " + one.region()
                        + " could not be asked what runs there: " + Visible.of(one.why())));
        return lines;
    }

    private Table workers(List<WorkerRow> workers) {
        var table = new Table("worker", "release", "server", " running", "since (UTC)", "state");
        for (WorkerRow row : workers) {
            table.row(
                    row.name(),
                    row.release().toString(),
                    row.server().value(),
                    row.running() + "/" + row.containers().size(),
                    row.since().map(Times::second).orElse("-"),
                    state(row));
        }
        return table;
    }

    private String state(WorkerRow row) {
        String again = row.restarts() == 0 ? "" : ", started again " + times(row.restarts());
        return switch (row.state()) {
            case RUNNING -> again.isEmpty() ? style.green("running") : style.yellow("running" + again);
            case PARTLY, DOWN -> style.bad() + " " + Visible.of(seen(row)) + again;
            case ENDING -> style.yellow("is to end");
        };
    }

    private static String seen(WorkerRow row) {
        return row.containers().stream()
                .filter(container -> !container.runs())
                .map(container -> container.state())
                .findFirst()
                .orElse("not started: deploy again");
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private Table kept(List<KeptRow> kept) {
        var table = new Table("keeps data", "machine", "since (UTC)", "state", "data");
        for (KeptRow row : kept) {
            String state = Visible.of(row.state());
            table.row(
                    Visible.of(row.name()),
                    Visible.of(row.machine()),
                    row.since().map(Times::second).orElse("-"),
                    row.well() ? style.green(state) : style.bad() + " " + state,
                    Visible.of(String.join(", ", row.data())));
        }
        return table;
    }
}
