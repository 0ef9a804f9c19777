package org.meridian.drivers.secretcommand;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.CommandLine;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.secret.ContentVersion;
import org.meridian.drivers.secret.SecretText;

/**
 * Secrets on the standard output of a program: the reference {@code command:LINE} is its command line, split as a shell
 * would and run without one, in the configuration's directory.
 *
 * <p>The output is a JSON object or {@code NAME=value} lines; no problem repeats any of it. What the program says on its
 * standard error is shown when it fails.
 */
public final class CommandSecrets implements SecretStore {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int ERROR_LINES = 10;
    /** What the decoder puts where bytes are no UTF-8. */
    private static final char UNREADABLE = '\uFFFD';

    private final Path directory;
    private final LocalProcesses processes;
    private final Duration limit;

    /** Programs that run in this directory. */
    public CommandSecrets(Path directory, LocalProcesses processes) {
        this(directory, processes, LIMIT);
    }

    CommandSecrets(Path directory, LocalProcesses processes, Duration limit) {
        this.directory = requireNonNull(directory, "directory is null").toAbsolutePath();
        this.processes = requireNonNull(processes, "processes is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    @Override
    public String scheme() {
        return "command";
    }

    @Override
    public boolean keepsVersions() {
        return false;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    /** Runs the program again. */
    @Override
    public Values fetch(Wanted wanted) throws InterruptedException {
        CommandResult result = run(wanted.name());
        if (!result.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "secret-command-failed",
                            "command:" + wanted.name() + " failed (exit " + result.exitCode() + ")",
                            "Run it yourself in " + directory + "; it may want you to log in first.")
                    .withDetail(end(result.errors())));
        }
        Map<String, Secret> values = new SecretText("command:" + wanted.name(), text(wanted, result)).parse();
        return new Values(ContentVersion.of(values), values);
    }

    private CommandResult run(String line) throws InterruptedException {
        try {
            return processes.run(Command.of(argv(line)).within(limit), directory);
        } catch (Failure e) {
            if (e.diagnostic().code().equals(LocalProcesses.TIMEOUT)) {
                throw Failure.of(Diagnostic.of(
                        "secret-command-timeout",
                        "command:" + line + " did not end within " + Durations.spoken(limit) + " and was ended",
                        "Run it yourself in " + directory + "; it may wait for somebody to log in."));
            }
            throw e;
        }
    }

    private static List<String> argv(String line) {
        try {
            List<String> argv = CommandLine.split(line);
            if (!argv.isEmpty()) {
                return argv;
            }
            throw new IllegalArgumentException("there is no command");
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Diagnostic.of(
                    "bad-reference",
                    "command:" + line + ": " + e.getMessage(),
                    "Write a program and its arguments, or a script of yours that does more."));
        }
    }

    private static String text(Wanted wanted, CommandResult result) {
        boolean readable = result.output().indexOf(UNREADABLE) < 0;
        if (readable && !result.output().isBlank()) {
            return result.output();
        }
        throw Failure.usage(Diagnostic.of(
                "bad-secrets",
                "command:" + wanted.name() + " printed "
                        + (readable ? "nothing" : "something that is not text in UTF-8"),
                "Let it print a JSON object, or NAME=value lines, on its standard output."));
    }

    private static String end(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()));
    }
}
