package org.meridian.cli.command;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meridian.testkit.simulation.Assumptions;
import org.meridian.testkit.simulation.Assumptions.Assumed;
import org.meridian.testkit.simulation.Assumptions.Taking;
import picocli.CommandLine.Option;

/** What a simulation takes for granted, as far as a person says it. */
final class AssumptionOptions {
    @Option(names = "--boot", paramLabel = "TIME", description = "How long a server takes to boot.")
    private @Nullable Duration boot;

    @Option(names = "--place", paramLabel = "TIME", description = "How long a release's files take to a server.")
    private @Nullable Duration place;

    @Option(names = "--pull", paramLabel = "TIME", description = "How long pulling the images takes.")
    private @Nullable Duration pull;

    @Option(names = "--start", paramLabel = "TIME", description = "How long starting the containers takes.")
    private @Nullable Duration start;

    @Option(names = "--healthy", paramLabel = "TIME", description = "How long the app takes to become healthy.")
    private @Nullable Duration healthy;

    @Option(names = "--before-shift", paramLabel = "TIME", description = "How long before_shift takes.")
    private @Nullable Duration beforeShift;

    @Option(
            names = "--load",
            paramLabel = "PERCENT",
            converter = Typed.Share.class,
            description = "How busy each server is when all is well, of what it can bear. Default: 50%%.")
    private double load = 0.5;

    /** What a person says, else what was learnt, else what is usual. */
    Assumptions over(Map<Taking, Assumed> learnt) {
        Map<Taking, Assumed> times = new EnumMap<>(Taking.class);
        times.putAll(learnt);
        for (Taking taking : Taking.values()) {
            Duration said = said(taking);
            if (said != null) {
                times.put(taking, Assumed.given(said));
            }
        }
        return new Assumptions(times, load);
    }

    private @Nullable Duration said(Taking taking) {
        return switch (taking) {
            case BOOT -> boot;
            case PLACE -> place;
            case PULL -> pull;
            case START -> start;
            case HEALTHY -> healthy;
            case COMMAND -> beforeShift;
        };
    }
}
