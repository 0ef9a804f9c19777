package org.meridian.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.meridian.cli.command.Commands;
import org.meridian.cli.view.Console;

/**
 * Runs what people run most, once, so that the JVM can record which classes that takes (the launcher's cache). The launcher
 * lets it reach no Docker engine, and its directory is removed, so nothing stays behind.
 */
final class Training {
    private static final String COMPOSE = """
            services:
              web:
                image: registry.example.com/training
                ports: ["3000:3000"]
            """;

    private Training() {}

    /** Runs the commands; what they print and return does not matter. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("meridian-training");
        Path config = directory.resolve("meridian.yml");
        Files.writeString(directory.resolve("compose.yaml"), COMPOSE);
        List<List<String>> commands = List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("deploy", "--help"),
                List.of("init", "-c", config.toString()),
                List.of("plan", "-c", config.toString()),
                List.of("plan", "--json", "-c", config.toString()),
                List.of("status", "-c", config.toString()),
                List.of("status", "--json", "-c", config.toString()),
                List.of("doctor", "-c", config.toString()),
                List.of("doctor", "--json", "-c", config.toString()));
        for (List<String> command : commands) {
            Commands.run(Main.tools(), silent(), command.toArray(String[]::new));
        }
        remove(directory);
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Console silent() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(new BufferedReader(new StringReader("")), nowhere, nowhere, Set.of(), Map.of());
    }
}
