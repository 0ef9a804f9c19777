package org.meridian.cli.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Console;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Puts the commands together. */
public final class Commands {
    private static final Map<String, Function<Session, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("init", InitCommand::new);
        ALL.put("build", BuildCommand::new);
        ALL.put("plan", PlanCommand::new);
        ALL.put("simulate", SimulateCommand::new);
        ALL.put("deploy", DeployCommand::new);
        ALL.put("rollback", RollbackCommand::new);
        ALL.put("scale", ScaleCommand::new);
        ALL.put("promote", PromoteCommand::new);
        ALL.put("abort", AbortCommand::new);
        ALL.put("status", StatusCommand::new);
        ALL.put("journal", JournalCommand::new);
        ALL.put("lock", LockCommand::with);
        ALL.put("releases", ReleasesCommand::new);
        ALL.put("logs", LogsCommand::new);
        ALL.put("exec", ExecCommand::with);
        ALL.put("run", RunCommand::with);
        ALL.put("console", ConsoleCommand::new);
        ALL.put("jobs", JobsCommand::with);
        ALL.put("top", TopCommand::new);
        ALL.put("audit", AuditCommand::new);
        ALL.put("accessories", AccessoriesCommand::with);
        ALL.put("servers", ServersCommand::new);
        ALL.put("machines", MachinesCommand::with);
        ALL.put("secrets", SecretsCommand::with);
        ALL.put("keys", KeysCommand::with);
        ALL.put("retire", RetireCommand::new);
        ALL.put("adopt", AdoptCommand::new);
        ALL.put("destroy", DestroyCommand::new);
        ALL.put("ui", UiCommand::new);
        ALL.put("doctor", DoctorCommand::new);
        ALL.put("ci", CiCommand::with);
        ALL.put("schema", SchemaCommand::new);
        ALL.put("completion", CompletionCommand::new);
        ALL.put("version", VersionCommand::new);
    }

    private Commands() {}

    /** Runs a command line; returns the exit code, whatever happens. */
    public static int run(Tools tools, Console console, String... args) {
        var options = new MeridianCommand();
        var problems = new Problems(options, console);
        String[] meant = meant(args);
        try {
            return written(commandLine(options, problems, tools, console, meant).execute(meant), problems, console);
        } catch (Throwable e) {
            return problems.unexpected(e);
        }
    }

    /** {@code meridian help deploy} is {@code meridian deploy --help}. */
    private static String[] meant(String... args) {
        return args.length > 0 && args[0].equals("help")
                ? Stream.concat(Arrays.stream(args).skip(1), Stream.of("--help"))
                        .toArray(String[]::new)
                : args;
    }

    /** What could not be printed is not done, however well all else went. */
    private static int written(int code, Problems problems, Console console) {
        return code == ExitCode.DONE ? console.lost().map(problems::outputLost).orElse(code) : code;
    }

    /** Knows the commands that these arguments need; a test parses with it without carrying anything out. */
    static CommandLine commandLine(
            MeridianCommand options, Problems problems, Tools tools, Console console, String... args) {
        var session = new Session(options, tools, console);
        var commandLine = new CommandLine(options);
        Set<String> needed = needed(args);
        ALL.forEach((name, command) -> {
            if (needed.contains(name)) {
                commandLine.addSubcommand(name, command.apply(session));
            }
        });
        return commandLine
                // An argument such as @file is meant for the command that exec runs, and is no file to read here.
                .setExpandAtFiles(false)
                .registerConverter(ReleaseId.class, checked(ReleaseId::parse))
                .registerConverter(Duration.class, checked(TypedDuration::parse))
                .registerConverter(RegionName.class, checked(RegionName::new))
                .registerConverter(UUID.class, checked(Typed::uuid))
                .registerConverter(Path.class, checked(Typed::path))
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(Help.defaultColorScheme(console.outStyle().colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    /** The names of all commands. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Every command takes about 10 ms to set up, so where the first argument names one, the others are left out. */
    private static Set<String> needed(String... args) {
        String first = args.length == 0 ? "" : args[0];
        if (List.of("--version", "-V").contains(first)) {
            return Set.of();
        }
        boolean one = ALL.containsKey(first) && !first.equals("completion");
        return one ? Set.of(first) : ALL.keySet();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /** Lets a type's own words explain what is wrong with an argument. */
    private static <T> ITypeConverter<T> checked(ITypeConverter<T> parse) {
        return text -> {
            try {
                return parse.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
