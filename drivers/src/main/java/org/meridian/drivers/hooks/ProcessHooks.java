package org.meridian.drivers.hooks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Hook;
import org.meridian.core.spi.HookRunner;
import org.meridian.core.spi.HostDriver.CommandOutcome;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs hooks as processes of this machine, in the configuration's directory and with Meridian's own environment.
 *
 * <p>What a command leaves running when it ends in time is left alone. One that takes too long, or during which this
 * thread is interrupted, is killed with everything it started.
 */
public final class ProcessHooks implements HookRunner {
    /** How long the last output may take to arrive; what a command left behind may hold its output open for ever. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path directory;
    private final LocalProcesses processes;
    private final ProcessGroups groups;

    /** Runs hooks in this directory. */
    public ProcessHooks(Path directory, LocalProcesses processes) {
        this.directory = requireNonNull(directory, "directory is null").toAbsolutePath();
        this.processes = requireNonNull(processes, "processes is null");
        this.groups = new ProcessGroups(processes);
    }

    @Override
    public CommandOutcome run(Hook hook, Map<String, String> facts) throws InterruptedException {
        Programs.require(hook, directory);
        Process process = processes.open(Command.of(groups.leading(hook.command())), directory, variables(facts));
        try {
            OutputEnd output = new OutputEnd(process.getInputStream());
            Thread reading = Thread.ofVirtual().name("hook output").start(output);
            Thread.ofVirtual().name("hook input").start(() -> feed(process, facts));
            if (!process.waitFor(hook.within().toMillis(), TimeUnit.MILLISECONDS)) {
                throw tookTooLong(hook, output.text());
            }
            reading.join(LAST_OUTPUT);
            return new CommandOutcome(process.exitValue(), output.text());
        } finally {
            if (process.isAlive()) {
                groups.kill(process);
            }
        }
    }

    private static Map<String, String> variables(Map<String, String> facts) {
        Map<String, String> variables = new HashMap<>();
        facts.forEach((name, value) ->
                variables.put("MERIDIAN_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value));
        return variables;
    }

    private static void feed(Process process, Map<String, String> facts) {
        try (OutputStream input = process.getOutputStream()) {
            input.write((JSON.writeValueAsString(facts) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended, or closed its input, without reading; that is its own business.
        }
    }

    private static Failure tookTooLong(Hook hook, String output) {
        return Failure.of(Diagnostic.of(
                        "hook-timeout",
                        hook.at().key() + " did not end within "
                                + Durations.spoken(hook.within()) + " and was ended: "
                                + String.join(" ", hook.command()),
                        "Fix the command, or give it more time with 'within' under 'hooks'.")
                .withDetail(output.strip()));
    }
}
