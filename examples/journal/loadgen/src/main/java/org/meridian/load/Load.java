package org.meridian.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code load} command. Exits with 0 when no request failed, 1 when one did, 2 for bad usage. */
@Command(
        name = "load",
        sortOptions = false,
        description = "Sends the Journal example a steady, mixed load and prints what came of it as JSON.",
        footer = "It runs for the duration, or else until it gets SIGTERM or its standard input ends.")
public final class Load implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_REQUESTS_PER_SECOND = 5000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--url", required = true, description = "where the app answers; on 127.0.0.1 only")
    private String url = "";

    @Option(names = "--rate", defaultValue = "100", description = "requests a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--duration", description = "seconds, at most 900")
    private @Nullable Integer seconds;

    @Option(names = "--slow-share", defaultValue = "0.015", description = "share of requests that take two seconds")
    private double slowShare;

    @Option(names = "--post-share", defaultValue = "0.03", description = "share of requests that write a post")
    private double postShare;

    @Option(names = "--new-share", defaultValue = "0.2", description = "share of requests on connections of their own")
    private double newShare;

    @Option(
            names = "--countries",
            split = ",",
            defaultValue = "DE,FR,GB,US,CA,MX,JP,AU,SG",
            description = "where users are, for the CF-IPCountry header (default: ${DEFAULT-VALUE})")
    private List<String> countries = List.of();

    @Option(names = "--max-in-flight", defaultValue = "1000", description = "above this a request fails at once")
    private int maxInFlight;

    @Option(names = "--seed", description = "makes the same mix again")
    private @Nullable Long seed;

    @Option(names = "--help", usageHelp = true, description = "shows this")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(names = "--series", description = "a CSV file for one line a second")
    private @Nullable Path series;

    /** Runs the command line. */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Load());
        command.setParameterExceptionHandler((problem, line) -> {
            command.getErr().println("load: " + problem.getMessage() + " ('load --help' lists the options)");
            return CommandLine.ExitCode.USAGE;
        });
        command.setExecutionExceptionHandler((problem, line, parsed) -> {
            line.getErr().println("load: " + problem.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Target target = checked(() -> Target.parse(url));
        Mix mix = checked(() -> new Mix(slowShare, postShare, newShare, countries, random()));
        check(rate >= 1 && rate <= MOST_REQUESTS_PER_SECOND, "--rate must be from 1 to " + MOST_REQUESTS_PER_SECOND);
        check(maxInFlight >= 1 && maxInFlight <= 10_000, "--max-in-flight must be from 1 to 10000");
        try (Series rows = series == null ? Series.none() : Series.to(Files.newBufferedWriter(series))) {
            Tally tally = new Tally(rows);
            Optional<Duration> duration = duration();
            try (StopSignal stop = StopSignal.install(duration.isEmpty())) {
                OpenLoop loop = new OpenLoop(target, mix, rate, maxInFlight, tally);
                Duration took = loop.run(duration.orElse(LONGEST), stop);
                rows.finish();
                System.out.println(Summary.json(tally, rate, took));
                return stop.exitCode(tally.failed() == 0 ? 0 : 1);
            }
        }
    }

    private Optional<Duration> duration() {
        if (seconds == null) {
            return Optional.empty();
        }
        check(seconds >= 1 && seconds <= LONGEST.toSeconds(), "--duration must be from 1 to " + LONGEST.toSeconds());
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private RandomGenerator random() {
        RandomGeneratorFactory<RandomGenerator> factory = RandomGeneratorFactory.of("L64X128MixRandom");
        return seed == null ? factory.create() : factory.create(seed);
    }

    private <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            throw new CommandLine.ParameterException(commandLine(), problem);
        }
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }
}
