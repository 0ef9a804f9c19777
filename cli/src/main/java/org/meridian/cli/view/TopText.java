package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meridian.core.metrics.Counts;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.operation.TopReport;
import org.meridian.core.operation.TopReport.Row;

/** What servers use, as a table: a row for each server, one beneath it for each of its containers. */
final class TopText {
    private static final double BUSY = 90;

    private final Style style;

    TopText(Style style) {
        this.style = style;
    }

    List<String> lines(TopReport report) {
        if (report.servers().isEmpty()) {
            return List.of("No servers.");
        }
        var table = new Table(
                "region",
                "server",
                "release",
                " weight",
                " in flight",
                " req/s",
                " errors",
                " p50",
                " p95",
                " p99",
                " cpu",
                " memory",
                " disk",
                " restarts",
                "health");
        List<String> problems = new ArrayList<>();
        for (Row row : report.servers()) {
            server(table, row);
            row.problem()
                    .ifPresent(problem ->
                            problems.add(style.bad() + " " + row.server().name() + ": " + Visible.of(problem)));
        }
        List<String> lines = new ArrayList<>(table.lines(style));
        lines.addAll(problems);
        return lines;
    }

    private void server(Table table, Row row) {
        Counts answered = row.answered();
        Optional<ServerUsage> usage = row.usage();
        table.row(
                row.server().region().value(),
                style.bold(row.server().name().value()),
                row.server().release().toString(),
                row.weight().percent() + "%",
                Integer.toString(row.inFlight()),
                perSecond(answered),
                errors(answered),
                latency(answered, 0.50),
                latency(answered, 0.95),
                latency(answered, 0.99),
                usage.map(used -> percent(used.cpuPercent())).orElse("?"),
                usage.map(used -> share(used.memory())).orElse("?"),
                usage.map(used -> share(used.disk())).orElse("?"),
                "",
                "");
        usage.stream().flatMap(used -> used.containers().stream()).forEach(container -> container(table, container));
    }

    private void container(Table table, ContainerUsage container) {
        boolean running = container.state().equals("running");
        table.row(
                "",
                "  " + Visible.of(container.service()),
                container.release().toString(),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                percent(container.cpuPercent()),
                bytes(container.memory()),
                "",
                container.restarts() == 0 ? "0" : style.yellow(Integer.toString(container.restarts())),
                running ? health(container.health()) : style.red(Visible.of(container.state())));
    }

    private String health(String health) {
        return switch (health) {
            case "none" -> style.dim("running");
            case "healthy" -> style.green(health);
            case "unhealthy" -> style.red(health);
            default -> Visible.of(health);
        };
    }

    private static String perSecond(Counts answered) {
        return answered.perSecond()
                .map(rate -> String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate))
                .orElse("");
    }

    private String errors(Counts answered) {
        return answered.errorPercent()
                .map(percent -> percent == 0 ? "0%" : style.red(String.format(Locale.ROOT, "%.2f%%", percent)))
                .orElse("");
    }

    private static String latency(Counts answered, double share) {
        return answered.percentile(share)
                .map(millis -> String.format(Locale.ROOT, millis < 10 ? "%.1fms" : "%.0fms", millis))
                .orElse("");
    }

    private String percent(double percent) {
        String text = String.format(Locale.ROOT, "%.0f%%", percent);
        return percent >= BUSY ? style.yellow(text) : text;
    }

    private String share(ServerUsage.Amount amount) {
        if (amount.total() == 0) {
            return "?";
        }
        double percent = 100.0 * amount.used() / amount.total();
        return bytes(amount.used()) + " " + percent(percent);
    }

    private static String bytes(long bytes) {
        double mib = bytes / 1048576.0;
        return mib < 1024 ? String.format(Locale.ROOT, "%.0fM", mib) : String.format(Locale.ROOT, "%.1fG", mib / 1024);
    }
}
