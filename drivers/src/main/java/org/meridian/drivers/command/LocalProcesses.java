package org.meridian.drivers.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

/** Runs commands as processes of this machine; the only place that does. */
public final class LocalProcesses implements CommandRunner {
    /** The code of the failure that says that a command took longer than its limit. */
    public static final String TIMEOUT = "command-timeout";

    /** In bytes; what a program says beyond that is passed over. */
    private static final int LARGEST = 64 * 1024 * 1024;

    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        return run(command, start(command));
    }

    /** Runs a command to its end in a directory. */
    public CommandResult run(Command command, Path directory) throws InterruptedException {
        return run(command, start(command, new ProcessBuilder(command.argv()).directory(directory.toFile())));
    }

    private static CommandResult run(Command command, Process process) throws InterruptedException {
        try {
            var output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), READERS);
            var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), READERS);
            var fed = CompletableFuture.runAsync(() -> feed(process, command), READERS);
            // Writing to a program that does not read would wait for ever, so the limit is for all of it.
            CompletableFuture.allOf(fed, output, errors, process.onExit())
                    .get(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new CommandResult(command, process.exitValue(), output.join(), errors.join());
        } catch (TimeoutException e) {
            throw late(command);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            end(process);
        }
    }

    private static Failure late(Command command) {
        return Failure.noAnswer(Diagnostic.of(
                TIMEOUT,
                command.argv().getFirst() + " did not end within " + Durations.spoken(command.timeout()) + ": "
                        + command,
                "See whether the machine is overloaded, then run the command again."));
    }

    /** Starts a command whose streams the caller reads and writes, and which the caller ends; no time limit applies. */
    public Process open(Command command) {
        return start(command);
    }

    /**
     * Starts a command in a directory, with further variables, and with its errors among its output; the caller reads
     * and writes its streams and ends it, and no time limit applies.
     */
    public Process open(Command command, Path directory, Map<String, String> variables) {
        ProcessBuilder builder =
                new ProcessBuilder(command.argv()).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        return start(command, builder);
    }

    /**
     * Starts a command with further variables that writes all it says to a file, emptied first, and reads nothing; it
     * goes on to its end in good order when this process dies.
     */
    public Process start(Command command, Map<String, String> variables, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command.argv())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        return start(command, builder);
    }

    private static Process start(Command command) {
        return start(command, new ProcessBuilder(command.argv()));
    }

    private static Process start(Command command, ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "command-missing",
                            "can't run " + command.argv().getFirst() + ": " + e.getMessage(),
                            "Install it, or put it on the PATH; 'meridian doctor' checks what is needed."),
                    e);
        }
    }

    private static void feed(Process process, Command command) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(command.input().map(Secret::reveal).orElse("").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading its input; its exit code tells why.
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            String text = new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8);
            // A program that is not read from would stand still; one that never ends is ended by its limit.
            stream.transferTo(OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
