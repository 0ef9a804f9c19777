package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.meridian.cli.ExitCode;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.testkit.simulation.Assumptions;
import org.meridian.testkit.simulation.Assumptions.Assumed;
import org.meridian.testkit.simulation.Assumptions.Taking;
import org.meridian.testkit.simulation.Distribution;
import org.meridian.testkit.simulation.Forecast;
import org.meridian.testkit.simulation.Outlook;
import org.meridian.testkit.simulation.RegionLoss;
import org.meridian.testkit.simulation.Situation;

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
        situations();
        regions();
        assumptions();
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

    private void situations() {
        title("What it costs when something goes wrong meanwhile");
        List<Integer> codes = forecast.outlooks().stream()
                .flatMap(outlook -> outlook.endings().keySet().stream())
                .map(ExitCode::of)
                .distinct()
                .sorted()
                .toList();
        List<String> heads = new ArrayList<>(List.of("what"));
        codes.forEach(code -> heads.add(" exit " + code));
        heads.addAll(List.of(" takes", " lost", " at worst"));
        Table table = new Table(heads.toArray(String[]::new));
        for (Outlook outlook : forecast.outlooks()) {
            List<String> cells = new ArrayList<>(List.of(what(outlook.situation())));
            codes.forEach(code -> cells.add(share(outlook, code)));
            cells.add(Durations.spoken(outlook.took().percentile(50)));
            cells.add(Durations.spoken(outlook.lost().percentile(50)));
            cells.add(Durations.spoken(outlook.lost().percentile(100)));
            table.row(cells.toArray(String[]::new));
        }
        lines.addAll(table.lines(style));
        lines.add("");
        lines.add("exit 0: deployed; "
                + codes.stream()
                        .filter(code -> code != ExitCode.DONE)
                        .map(SimulationText::meaning)
                        .collect(Collectors.joining("; "))
                + ".");
        lines.add("lost: requests that failed, as the time for which nobody anywhere would have been answered,");
        lines.add("with what the failure itself costs, such as an edge that is down.");
        forecast.outlooks().stream()
                .filter(outlook -> outlook.lasting() > 0)
                .forEach(outlook -> lines.add(style.doubtful() + " " + what(outlook.situation()) + ": "
                        + percent(outlook.lasting(), outlook.runs()) + " of the deploys end with "
                        + share(outlook.lastingShare()) + " of all requests failing on."));
    }

    /** The share of deploys that end with an exit code. */
    private static String share(Outlook outlook, int code) {
        int ended = outlook.endings().entrySet().stream()
                .filter(entry -> ExitCode.of(entry.getKey()) == code)
                .mapToInt(Map.Entry::getValue)
                .sum();
        return ended == 0 ? "-" : percent(ended, outlook.runs());
    }

    private static String meaning(int code) {
        return switch (code) {
            case ExitCode.FAILED -> "exit 1: failed and put back";
            case ExitCode.NEEDS_PERSON -> "exit 3: stopped for a person, or for the next command";
            case ExitCode.LOCKED -> "exit 4: locked";
            default -> "exit " + code + ": did not begin";
        };
    }

    private static String what(Situation situation) {
        String cut = Durations.limit(Situation.CUT_OFF);
        String outage = Durations.limit(Situation.OUTAGE);
        return switch (situation) {
            case CALM -> "nothing";
            case SERVER_NEVER_BOOTS -> "a new server never boots";
            case SERVER_DIES -> "a server dies";
            case REGION_CUT_OFF -> "a region is cut off for " + cut;
            case RELEASE_SICK -> "the release never becomes healthy";
            case RELEASE_ERRORS -> Situation.ERROR_PERCENT + "% of the release's pages fail";
            case EDGE_DOWN -> "the edge is down for " + outage;
            case STORE_DOWN -> "the state store is down for " + outage;
            case DEPLOYER_KILLED -> "the deployer is killed, then run again";
        };
    }

    private void regions() {
        title("Which region's loss the others can bear");
        Table table = new Table("lost", "its readers go to", " then busy", "");
        for (RegionLoss loss : forecast.losses()) {
            table.row(
                    loss.region().value(),
                    loss.taker().map(Object::toString).orElse("nobody"),
                    loss.taker().isEmpty() ? "-" : share(loss.busy()),
                    verdict(loss));
        }
        lines.addAll(table.lines(style));
        lines.add("");
        lines.add("Taken for granted: every server serves as many readers as every other, and is "
                + share(forecast.assumptions().load()) + " busy when all is well.");
    }

    private String verdict(RegionLoss loss) {
        if (loss.taker().isEmpty()) {
            return style.bad() + " there is no other region";
        }
        return loss.borne()
                ? style.good() + " can bear it"
                : style.bad() + " " + Words.count(loss.missing(), "server") + " too few";
    }

    private void assumptions() {
        title("Times that were taken for granted");
        Table table = new Table("", " half", " longest", "from");
        Assumptions assumptions = forecast.assumptions();
        for (Taking taking : Taking.values()) {
            if (taking != Taking.COMMAND || app.beforeShift().isPresent()) {
                Assumed assumed = assumptions.of(taking);
                table.row(
                        words(taking),
                        Durations.spoken(assumed.spread().median()),
                        Durations.spoken(assumed.spread().longest()),
                        source(assumed));
            }
        }
        lines.addAll(table.lines(style));
        app.rollout().approveWithin().ifPresent(within -> lines.add("Whoever is asked approves at once."));
    }

    private static String words(Taking taking) {
        return switch (taking) {
            case BOOT -> "a server boots (--boot)";
            case PLACE -> "a release's files are placed (--place)";
            case PULL -> "images are pulled (--pull)";
            case START -> "containers start (--start)";
            case HEALTHY -> "the app becomes healthy (--healthy)";
            case COMMAND -> "before_shift runs (--before-shift)";
        };
    }

    private static String source(Assumed assumed) {
        return switch (assumed.source()) {
            case USUAL -> "a guess: nothing was measured yet";
            case MEASURED -> "past deploys, measured " + Words.count(assumed.measured(), "time");
            case GIVEN -> "the command line";
        };
    }

    private void title(String text) {
        lines.add("");
        lines.add(style.bold(text));
        lines.add("");
    }

    /** A part of all in whole percent, never rounded to none or to all. */
    private static String percent(int part, int all) {
        double share = 100.0 * part / all;
        return part > 0 && share < 1 ? "<1%" : part < all && share > 99 ? ">99%" : Math.round(share) + "%";
    }

    private static String share(double share) {
        return share > 0 && share < 0.01
                ? String.format(Locale.ROOT, "%.2f%%", share * 100)
                : Math.round(share * 100) + "%";
    }
}
