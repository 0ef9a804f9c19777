package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.App;
import org.meridian.testkit.simulation.Assumptions;
import org.meridian.testkit.simulation.Assumptions.Assumed;
import org.meridian.testkit.simulation.Assumptions.Taking;

/** What a simulation took for granted, as people read it. */
final class AssumptionsText {
    private final Style style;
    private final App app;
    private final Assumptions assumptions;

    AssumptionsText(Style style, App app, Assumptions assumptions) {
        this.style = style;
        this.app = app;
        this.assumptions = assumptions;
    }

    List<String> lines() {
        Table table = new Table("", " half", " longest", "from");
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
        List<String> lines = new ArrayList<>(table.lines(style));
        app.rollout().approveWithin().ifPresent(within -> lines.add("Whoever is asked approves at once."));
        return lines;
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
}
