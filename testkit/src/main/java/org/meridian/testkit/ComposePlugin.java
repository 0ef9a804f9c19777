package org.meridian.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Docker Compose itself, which says what a Compose file means. Its command {@code config} needs no Docker engine.
 *
 * @param program the plug-in's program, which runs without Docker's own too
 */
public record ComposePlugin(Path program) {
    /** Names the program where it is none of the usual places. */
    public static final String VARIABLE = "MERIDIAN_COMPOSE_PLUGIN";

    /** Checks that there is a path. */
    public ComposePlugin {
        requireNonNull(program, "program is null");
    }

    /** The one of this machine; empty where there is none of version 2. */
    public static Optional<ComposePlugin> find() {
        Path home = Path.of(System.getProperty("user.home"));
        String cache = System.getenv()
                .getOrDefault("XDG_CACHE_HOME", home.resolve(".cache").toString());
        return Stream.of(
                        System.getenv().getOrDefault(VARIABLE, "/none"),
                        cache + "/meridian/compose/docker-compose",
                        home + "/.docker/cli-plugins/docker-compose",
                        "/usr/local/lib/docker/cli-plugins/docker-compose",
                        "/usr/local/libexec/docker/cli-plugins/docker-compose",
                        "/usr/lib/docker/cli-plugins/docker-compose",
                        "/usr/libexec/docker/cli-plugins/docker-compose")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .map(ComposePlugin::new);
    }

    /**
     * Runs it with no variable but these.
     *
     * @return what it prints, as JSON where that is asked for; its errors where it fails
     */
    public Answer run(Path directory, Map<String, String> variables, List<String> arguments)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().putAll(variables);
        try {
            Path errors = Files.createTempFile("compose", ".err");
            Process process = builder.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(process.waitFor(), text, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What it said.
     *
     * @param exitCode 0 when it was content
     * @param output   on standard output
     * @param errors   on standard error
     */
    public record Answer(int exitCode, String output, String errors) {
        /** Checks that no part is null. */
        public Answer {
            requireNonNull(output, "output is null");
            requireNonNull(errors, "errors is null");
        }
    }
}
