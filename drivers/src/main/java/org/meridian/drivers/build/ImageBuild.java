package org.meridian.drivers.build;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Builds an image with {@code docker buildx} where there is one and it is to be pushed, else with {@code docker build}. */
public final class ImageBuild {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalProcesses processes;
    private final Consumer<String> progress;

    /** Builds with this machine's programs; their output goes to {@code progress}, line by line. */
    public ImageBuild(LocalProcesses processes, Consumer<String> progress) {
        this.processes = requireNonNull(processes, "processes is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Builds; returns the image, by digest if it was pushed. */
    public ImageReference run(BuildRequest request) throws InterruptedException {
        var commands = new BuildCommands(request);
        if (!request.push()) {
            carryOut(commands.build());
            return request.image();
        }
        if (processes.run(BuildCommands.hasBuildx()).succeeded()) {
            return request.image().withDigest(pushedByBuildx(commands));
        }
        carryOut(commands.build());
        carryOut(commands.push());
        return request.image().withDigest(pushed(request, commands));
    }

    private String pushedByBuildx(BuildCommands commands) throws InterruptedException {
        try {
            Path metadata = Files.createTempFile("meridian-build", ".json");
            // A temporary file that can't be deleted is no reason to hide how the build ended.
            metadata.toFile().deleteOnExit();
            carryOut(commands.buildAndPush(metadata));
            return digest(JSON.readTree(BoundedFile.text(metadata, BoundedFile.MEGABYTE))
                    .path("containerimage.digest")
                    .asString(""));
        } catch (IOException | JacksonException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "build-digest",
                            "what docker buildx wrote about the image can't be read: " + e.getMessage(),
                            "See whether the disk is full, then run the command again."),
                    e);
        }
    }

    private String pushed(BuildRequest request, BuildCommands commands) throws InterruptedException {
        String prefix = request.image().repository() + "@";
        return processes
                .run(commands.digests())
                .expect("reading the digest of " + request.image(), "Run the command again.")
                .lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .map(line -> digest(line.substring(prefix.length())))
                .orElseThrow(() -> noDigest(""));
    }

    private static String digest(String text) {
        if (!text.matches("sha256:[0-9a-f]{64}")) {
            throw noDigest(text);
        }
        return text;
    }

    private static Failure noDigest(String instead) {
        return Failure.of(Diagnostic.of(
                        "build-digest",
                        "docker does not tell the digest of what it pushed",
                        "Ask the registry: 'docker buildx imagetools inspect IMAGE'.")
                .withDetail(instead));
    }

    private void carryOut(Command command) throws InterruptedException {
        Process process = processes.open(command, Path.of("").toAbsolutePath(), Map.of());
        try {
            Thread reading = Thread.ofVirtual().name("build output").start(() -> passOn(process));
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Failure.of(Diagnostic.of(
                        "build-timeout",
                        command + " did not end within " + Durations.spoken(command.timeout()) + " and was ended",
                        "Give it more time with --within, or see what it waits for."));
            }
            reading.join();
            if (process.exitValue() != 0) {
                throw Failure.usage(Diagnostic.of(
                        "build-failed",
                        command + " failed (exit " + process.exitValue() + ")",
                        "Its own words are above; nothing was deployed."));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void passOn(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(progress);
        } catch (IOException | UncheckedIOException e) {
            // It was ended; whoever ended it says why.
        }
    }
}
