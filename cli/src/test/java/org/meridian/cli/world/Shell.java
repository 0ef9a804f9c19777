package org.meridian.cli.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs for tests, each with a time limit. */
final class Shell {
    private Shell() {}

    /** Runs a program and returns its standard output; throws AssertionError when it fails. */
    static String run(Path directory, String... argv) {
        Ended ended = attempt(directory, Duration.ofMinutes(15), List.of(argv));
        if (ended.exitCode() != 0) {
            throw new AssertionError(String.join(" ", argv) + " ended with " + ended.exitCode() + "\n" + ended.output()
                    + "\n" + ended.errors());
        }
        return ended.output().strip();
    }

    /** Runs docker with these arguments. */
    static String docker(String... arguments) {
        String[] argv = new String[arguments.length + 1];
        argv[0] = "docker";
        System.arraycopy(arguments, 0, argv, 1, arguments.length);
        return run(Path.of("."), argv);
    }

    /** Runs a program to its end, however it ends. */
    static Ended attempt(Path directory, Duration within, List<String> argv) {
        try {
            Path output = Files.createTempFile("meridian-test", ".out");
            Path errors = Files.createTempFile("meridian-test", ".err");
            Process process = new ProcessBuilder(argv)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", argv) + " did not end within " + within + "\n"
                        + Files.readString(output) + Files.readString(errors));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How a program ended. */
    record Ended(int exitCode, String output, String errors) {}
}
