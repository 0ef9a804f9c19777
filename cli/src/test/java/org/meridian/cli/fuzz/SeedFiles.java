package org.meridian.cli.fuzz;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The project's own files, which chance then changes.
 *
 * @param name  where they are from
 * @param texts their texts by path; the configuration is {@code meridian.yml}
 */
record SeedFiles(String name, Map<String, String> texts) {
    private static final String CONFIG = "meridian.yml";
    private static final Map<String, String> FOR_INIT =
            Map.of("compose.yaml", """
            x-app: &app
              build: .
              image: ghcr.io/team/shop:${TAG:-latest}
              environment: { RAILS_ENV: production, SECRET: "${SECRET:?needed}" }
            services:
              db: { image: "postgres:17", ports: ["5432:5432"], volumes: [data:/var/lib/postgresql/data] }
              base: { image: "redis:7", expose: [6379] }
              redis: { extends: base, deploy: { replicas: 2 } }
              web:
                <<: *app
                ports: ["${PORT:-3000}:3000/tcp", { target: 9394, published: "9000-9001" }]
                env_file: [{ path: .env, required: false }]
                healthcheck: { test: [CMD, curl, -f, "http://localhost:3000/up"], interval: 5s }
              worker: { <<: *app, command: bin/jobs, depends_on: [db, redis] }
            volumes: { data: {} }
            """, ".env", "TAG=v1\nPORT=3000\nSECRET='a # b'\n", "secrets.env", "A=1\n");

    SeedFiles {
        texts = Map.copyOf(texts);
    }

    static List<SeedFiles> all() throws IOException {
        Path above = Path.of("..");
        Path checkout = Files.isDirectory(above.resolve("docs/reference")) ? above : Path.of("");
        Path reference = checkout.resolve("docs/reference");
        SeedFiles whole = of(reference);
        return List.of(
                whole,
                whole.with(CONFIG, Files.readString(reference.resolve("cloudflare.yml"))),
                of(checkout.resolve("examples/journal")),
                of(checkout.resolve("examples/six-regions")),
                new SeedFiles("init", FOR_INIT));
    }

    private static SeedFiles of(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(SeedFiles::read).toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return new SeedFiles(String.valueOf(directory.getFileName()), texts);
    }

    private static boolean read(Path file) {
        return Files.isRegularFile(file)
                && Stream.of("meridian.yml", "compose.yaml", "compose.data.yaml", ".env", ".tf")
                        .anyMatch(end -> file.toString().endsWith(end));
    }

    private SeedFiles with(String path, String text) {
        Map<String, String> other = new TreeMap<>(texts);
        other.put(path, text);
        return new SeedFiles(name + "+" + path, other);
    }

    /** Those that Meridian looks into, in a fixed order. */
    List<String> changeable() {
        return texts.keySet().stream()
                .filter(path -> !path.endsWith(".tf"))
                .sorted()
                .toList();
    }

    String text(String path) {
        return requireNonNull(texts.get(path), "there is no such file");
    }

    void write(Path directory) {
        texts.keySet().forEach(path -> write(directory, path));
    }

    void write(Path directory, String path) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
