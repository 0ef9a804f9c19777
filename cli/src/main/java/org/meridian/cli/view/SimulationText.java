package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.testkit.simulation.Distribution;
import org.meridian.testkit.simulation.Forecast;
import org.meridian.testkit.simulation.Outlook;
import org.meridian.testkit.simulation.RegionLoss;

/** What simulated deploys tell, as people read it. */
final class SimulationText {
    private final Style style;
    private final App app;
    private final Forecast forecast;
    private final List<String> lines = new ArrayList<>();

    SimulationText(Style style, App app, Forecast forecast) {
        this.style = style;
        this.app = app;
        this.forecast = forecast;
    }

    List<String> lines() {
        head();
        times();
        title("What it costs when something goes wrong meanwhile");
        lines.addAll(new SituationsText(style, forecast.outlooks()).lines());
        regions();
        title("Times that were taken for granted");
        lines.addAll(new AssumptionsText(style, app, forecast.assumptions()).lines());
        return lines;
    }

    private void head() {
        int servers = app.regions().stream().mapToInt(Region::servers).sum();
        lines.add(String.format(
                Locale.ROOT,
                "%s, simulated: %s, %s; %,d deploys of each situation, seed %d",
                app.name(),
                Words.count(app.regions().size(), "region"),
                Words.count(servers, "server"),
                forecast.runs(),
                forecast.seed()));
    }

    private void times() {
        title("How long a deploy takes");
        if (forecast.deploy().isEmpty()) {
            lines.add("No deploy went well: " + calm().why().orElse("see below") + ".");
            return;
        }
        lines.addAll(new Bars(style, forecast.deploy()).lines());
        lines.add("");
        Table table = new Table("", " p50", " p90", " p99");
        forecast.stages().forEach((stage, took) -> row(table, "  " + stage, took));
        row(table, "deploy", forecast.deploy());
        row(table, "rollback to warm servers", forecast.rollback());
        lines.addAll(table.lines(style));
    }

    private static void row(Table table, String what, Distribution took) {
        table.row(
                what,
                Durations.spoken(took.percentile(50)),
                Durations.spoken(took.percentile(90)),
                Durations.spoken(took.percentile(99)));
    }

    private Outlook calm() {
        return forecast.outlooks().getFirst();
    }

    private void regions() {
        title("Which region's loss the others can bear");
        Table table = new Table("lost", "its users go to", " then busy", "");
        for (RegionLoss loss : forecast.losses()) {
            table.row(
                    loss.region().value(),
                    loss.taker().map(Object::toString).orElse("nobody"),
                    loss.taker().isEmpty() ? "-" : Percent.of(loss.busy()),
                    verdict(loss));
        }
        lines.addAll(table.lines(style));
        lines.add("");
        lines.add("Taken for granted: every server serves as many users as every other, and is "
                + Percent.of(forecast.assumptions().load()) + " busy when all is well.");
    }

    private String verdict(RegionLoss loss) {
        if (loss.taker().isEmpty()) {
            return style.bad() + " there is no other region";
        }
        return loss.borne()
                ? style.good() + " can bear it"
                : style.bad() + " " + Words.count(loss.missing(), "server") + " too few";
    }

    private void title(String text) {
        lines.add("");
        lines.add(style.bold(text));
        lines.add("");
    }
}
