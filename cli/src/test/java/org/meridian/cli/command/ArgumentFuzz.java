package org.meridian.cli.command;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.testkit.fuzz.Mutations;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Makes up command lines of the commands and options that there are, changes them, and parses them without carrying anything
 * out: that ends with 0 or with 2 and words, never with a trace. A seed gives the same command line again.
 */
public final class ArgumentFuzz {
    /** Usually it is some milliseconds; in processor time, which a busy machine does not change. */
    private static final Duration MOST = Duration.ofSeconds(5);

    private static final List<String> ODD = List.of(
            "",
            "-",
            "--",
            "---",
            "=",
            "--=",
            "-c",
            "@file",
            "\0",
            "\u202e",
            "\ud83d",
            "-1",
            "99999999999999999999",
            "1e9",
            "r1",
            "r0",
            "r99999999999",
            "eu",
            "10m",
            "PT1S",
            "P99999999999D",
            "-h",
            "--help",
            "--json",
            "a=b",
            "a=",
            "=b",
            "%s%n",
            "${user.home}",
            "\n",
            "*",
            "../..",
            "x".repeat(100_000));

    /** What is wrong with how the command line of a seed ended, if anything. */
    public Optional<String> run(long seed) {
        Random random = new Random(seed);
        String[] args = arguments(random).toArray(String[]::new);
        FakeConsole console = FakeConsole.pipe();
        long before = processorTime();
        int code;
        try {
            code = line(console, args)
                    .setExecutionStrategy(ArgumentFuzz::onlyHelp)
                    .execute(args);
        } catch (RuntimeException | Error e) {
            return Optional.of(told(seed, args, "it threw " + e));
        }
        Duration spent = Duration.ofNanos(processorTime() - before);
        if (spent.compareTo(MOST) > 0) {
            return Optional.of(told(seed, args, "it took " + spent));
        }
        // Who asks for traces gets them.
        return wrong(code, List.of(args).contains("--verbose") ? "asked for" : console.err())
                .map(what -> told(seed, args, what));
    }

    private static Optional<String> wrong(int code, String errors) {
        if (code != 0 && code != 2) {
            return Optional.of("it ended with " + code + ": " + errors);
        }
        if (code == 2 && errors.isBlank()) {
            return Optional.of("it was refused without a word");
        }
        return errors.contains("\tat ") || errors.contains("Exception") ? Optional.of(errors) : Optional.empty();
    }

    private static String told(long seed, String[] args, String what) {
        List<String> shortened = List.of(args).stream()
                .map(arg -> arg.length() > 60 ? arg.substring(0, 60) + "… (" + arg.length() + ")" : arg)
                .toList();
        return "seed " + seed + " " + shortened + ": " + what;
    }

    private static int onlyHelp(CommandLine.ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        return help == null ? 0 : help;
    }

    private static CommandLine line(FakeConsole console, String... args) {
        var options = new MeridianCommand();
        var tools = CommandLineRun.tools((file, events) -> {
            throw new AssertionError("nothing is opened");
        });
        return Commands.commandLine(options, new Problems(options, console.console()), tools, console.console(), args);
    }

    private static List<String> arguments(Random random) {
        List<String> names = Commands.names();
        List<String> args = new ArrayList<>();
        String name = names.get(random.nextInt(names.size()));
        args.add(name);
        CommandSpec spec = requireNonNull(
                        line(FakeConsole.pipe(), name).getSubcommands().get(name))
                .getCommandSpec();
        while (!spec.subcommands().isEmpty() && random.nextInt(5) > 0) {
            List<String> below = List.copyOf(spec.subcommands().keySet());
            String next = below.get(random.nextInt(below.size()));
            args.add(next);
            spec = requireNonNull(spec.subcommands().get(next)).getCommandSpec();
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            add(args, spec, random);
        }
        return args;
    }

    private static void add(List<String> args, CommandSpec spec, Random random) {
        if (spec.options().isEmpty() || random.nextInt(3) == 0) {
            args.add(value(random));
            return;
        }
        OptionSpec option = spec.options().get(random.nextInt(spec.options().size()));
        String name = option.names()[random.nextInt(option.names().length)];
        boolean joined = random.nextBoolean();
        String odd = random.nextInt(8) == 0 ? new Mutations(random).of(name) : name;
        if (takesValue(option, random) && joined) {
            args.add(odd + "=" + value(random));
        } else {
            args.add(odd);
            if (takesValue(option, random)) {
                args.add(value(random));
            }
        }
    }

    /** Now and then against what is declared. */
    private static boolean takesValue(ArgSpec option, Random random) {
        return option.arity().max() > 0 != (random.nextInt(10) == 0);
    }

    private static String value(Random random) {
        String odd = ODD.get(random.nextInt(ODD.size()));
        return random.nextInt(4) == 0 ? new Mutations(random).of(odd) : odd;
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
