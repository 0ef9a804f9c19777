package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

/**
 * Runs Terraform so that its state stays in order whatever happens to Meridian: in a session of its own, which a Ctrl-C
 * does not reach, with its output in a file, which outlives a reader that dies. It is asked to stop once, by a signal that
 * it takes as an interrupt, and then has time to do so.
 */
final class TerraformRuns {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Duration LOOK = Duration.ofMillis(50);

    private final LocalProcesses processes;
    private final Duration stopping;

    /** Runs them as processes of this machine; one that shall stop has so long for it. */
    TerraformRuns(LocalProcesses processes, Duration stopping) {
        this.processes = requireNonNull(processes, "processes is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
    }

    /** Runs a command to its end and tells what it said; throws a Failure unless it ended well. */
    RunReport run(
            RegionName region, String attempted, TerraformCommands commands, Command command, Consumer<RunReport> news)
            throws InterruptedException {
        Path log = commands.directory().resolve(verb(command) + ".log");
        prepare(log);
        Process process = processes.start(inOwnSession(command), commands.variables(), log);
        RunReport report = new RunReport();
        try (Lines lines = new Lines(log)) {
            await(process, command, region, attempted, () -> {
                lines.feed(report);
                news.accept(report);
            });
            lines.feed(report);
        }
        if (process.exitValue() != 0) {
            throw TerraformFailures.of(region, attempted, commands, report);
        }
        return report;
    }

    private void await(Process process, Command command, RegionName region, String attempted, Runnable look)
            throws InterruptedException {
        long deadline = System.nanoTime() + command.timeout().toNanos();
        boolean inTime = true;
        boolean ended = false;
        try {
            while (inTime && !ended) {
                ended = process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                look.run();
                inTime = System.nanoTime() - deadline < 0;
            }
        } finally {
            if (!ended) {
                ended = stop(process);
            }
        }
        if (!inTime) {
            throw TerraformFailures.tookTooLong(region, attempted, command.timeout(), ended);
        }
    }

    /** Interrupts Terraform and waits for it, even when this thread is interrupted too; whether it ended. */
    private boolean stop(Process process) {
        // Terraform treats SIGTERM as it does the first SIGINT; a second of either would cut it off.
        process.destroy();
        boolean interrupted = false;
        long deadline = System.nanoTime() + stopping.toNanos();
        try {
            while (process.isAlive() && System.nanoTime() - deadline < 0) {
                try {
                    process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return !process.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void prepare(Path log) {
        try {
            Files.deleteIfExists(log);
            LocalDirectory.createClosed(log);
        } catch (IOException e) {
            throw TerraformFailures.files(log, e);
        }
    }

    private static String verb(Command command) {
        return command.argv().stream()
                .filter(word -> !word.startsWith("-"))
                .skip(1)
                .findFirst()
                .orElse("terraform");
    }

    private static Command inOwnSession(Command command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> argv = new ArrayList<>(List.of(SETSID.toString(), "--"));
        argv.addAll(command.argv());
        return new Command(argv, command.input(), command.timeout());
    }

    /** The whole lines of a file that grows. */
    private static final class Lines implements AutoCloseable {
        private final RandomAccessFile file;
        private byte[] begun = new byte[0];

        Lines(Path path) {
            try {
                file = new RandomAccessFile(path.toFile(), "r");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void feed(RunReport report) {
            try {
                byte[] more = new byte[(int) (file.length() - file.getFilePointer())];
                file.readFully(more);
                String text =
                        new String(begun, StandardCharsets.ISO_8859_1) + new String(more, StandardCharsets.ISO_8859_1);
                int end = text.lastIndexOf('\n') + 1;
                begun = text.substring(end).getBytes(StandardCharsets.ISO_8859_1);
                new String(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(report::line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
