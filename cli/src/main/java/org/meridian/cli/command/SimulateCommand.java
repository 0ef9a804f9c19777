package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.ProgressLine;
import org.meridian.cli.view.Report;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.testkit.simulation.Assumptions;
import org.meridian.testkit.simulation.Forecast;
import org.meridian.testkit.simulation.Rehearsals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rehearses deploys in a simulated world. */
@Command(
        name = "simulate",
        description = {
            "Rehearses deploys of this configuration in a simulated world, and touches nothing real.",
            "Tells how long a deploy takes, what failures cost users, and which region's loss the others can bear.",
            "Times are learnt from past deploys where there are any; an option below wins over them."
        },
        footer = {
            "",
            "Examples:",
            "  meridian simulate",
            "  meridian simulate --runs 1000 --boot 90s --pull 1m",
            "  meridian simulate --load 70%%",
            "  meridian simulate --json | jq '.situations[] | {situation, endings}'"
        })
final class SimulateCommand implements Callable<Integer> {
    @Option(
            names = "--runs",
            paramLabel = "N",
            converter = Typed.Runs.class,
            description = "How many deploys of each situation. Default: 100.")
    private int runs = 100;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where everything random comes from; the same seed gives the same report. Default: 1.")
    private long seed = 1;

    @Mixin
    private AssumptionOptions assumptions = new AssumptionOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    SimulateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            Assumptions assumed = assumptions.over(PastTimes.of(meridian, view::remark));
            Forecast forecast = rehearsed(new Rehearsals(meridian.app(), assumed, runs, seed));
            view.show(new Report.Simulated(meridian.app(), forecast));
            view.problems(forecast.broken().stream().map(this::bug).toList());
            return forecast.broken().isEmpty() ? ExitCode.DONE : ExitCode.NEEDS_PERSON;
        });
    }

    private Forecast rehearsed(Rehearsals rehearsals) throws InterruptedException {
        try (var progress = new ProgressLine(session.console(), "simulated deploys", rehearsals.all())) {
            return rehearsals.run(Runtime.getRuntime().availableProcessors(), progress::at);
        }
    }

    private Diagnostic bug(Forecast.Broken broken) {
        return Diagnostic.of(
                "bug",
                "a simulated deploy broke a rule that must always hold (" + broken.rule() + ") while this went wrong: "
                        + broken.situation(),
                "This is a bug in Meridian: report it with this configuration, --runs " + runs + " and --seed " + seed
                        + ".");
    }
}
