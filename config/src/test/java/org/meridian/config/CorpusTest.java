package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.guess.Guesses;
import org.meridian.core.diagnostic.Diagnostic;

/**
 * Public Compose files of real apps, in the folder that the variable {@code MERIDIAN_CORPUS} names: one directory for
 * each. What is right for each was found by reading it and the app's own documentation.
 */
final class CorpusTest {
    private static final String VARIABLE = "MERIDIAN_CORPUS";
    private static final String NO_APP = "(no app)";

    /** Service, port and health path, where the file or the app's documentation tells one. */
    private static final Map<String, String> RIGHT = Map.ofEntries(
            Map.entry("ac-django", "web 8000 /"),
            Map.entry("ac-fastapi", "api 8000 /"),
            Map.entry("ac-flask-redis", "web 8000 /"),
            Map.entry("ac-gitea-postgres", "gitea 3000 /api/healthz"),
            Map.entry("ac-nextcloud-postgres", "nc 80 /status.php"),
            Map.entry("ac-nginx-golang-postgres", "proxy 80 /"),
            Map.entry("ac-nginx-nodejs-redis", "nginx 80 /"),
            Map.entry("ac-prometheus-grafana", "grafana 3000 /api/health"),
            Map.entry("ac-react-express-mysql", "frontend 3000 /"),
            Map.entry("ac-traefik-golang", "backend 80 /"),
            Map.entry("calcom", "calcom 3000 /"),
            Map.entry("chatwoot", "rails 3000 /health"),
            Map.entry("fider", NO_APP),
            Map.entry("firefly", "app 8080 /health"),
            Map.entry("forem", "web 3000 /"),
            Map.entry("hedgedoc", "app 3000 /_health"),
            Map.entry("huginn", "web 3000 /"),
            Map.entry("listmonk", "app 9000 /health"),
            Map.entry("lobsters", "app 3000 /"),
            Map.entry("mattermost", "mattermost 8065 /api/v4/system/ping"),
            Map.entry("maybe", "web 3000 /up"),
            Map.entry("monica", "laravel.test 80 /up"),
            Map.entry("n8n-ssl", "n8n 5678 /healthz"),
            Map.entry("nick-django", "web 8000 /up"),
            Map.entry("nick-flask", "web 8000 /up"),
            Map.entry("nick-node", "web 8000 /up"),
            Map.entry("nocodb", "nocodb 8080 /api/v1/health"),
            Map.entry("pixelfed", "web 80 /api/service/health-check"),
            Map.entry("plane", "proxy 80 /"),
            Map.entry("planka", "planka 1337 /"),
            Map.entry("plausible", "plausible 8000 /api/health"),
            Map.entry("todo-app", "client 5173 /"),
            Map.entry("twenty", "server 3000 /healthz"),
            Map.entry("voting-app-images", "vote 80 /"),
            Map.entry("wallabag", "wallabag 80 /api/info"));

    private final List<String> missed = new ArrayList<>();
    private int written;
    private int right;
    private int accepted;
    private final List<List<String>> settled = new ArrayList<>();

    @Test
    void init_writes_a_file_for_every_one_and_guesses_nearly_all_right(@TempDir Path directory) throws IOException {
        Map<String, Path> files = files();
        assertThat(files.keySet()).containsAll(RIGHT.keySet());

        for (Map.Entry<String, Path> file : files.entrySet()) {
            look(file.getKey(), file.getValue(), Files.createDirectories(directory.resolve("some-app")));
        }

        System.out.printf(
                "Compose files of real apps: %d of %d written, %d right, %d accepted as they are, %d but for data, %d but for"
                        + " data and values of variables%n",
                written, files.size(), right, accepted, butFor("kept-data"), butFor("kept-data", "missing-variable"));
        missed.forEach(System.out::println);
        assertThat(written).isEqualTo(files.size());
        assertThat(right).as(String.join("\n", missed)).isGreaterThanOrEqualTo(RIGHT.size() - 1);
    }

    private long butFor(String... codes) {
        return settled.stream().filter(List.of(codes)::containsAll).count();
    }

    private void look(String name, Path file, Path directory) throws IOException {
        Path copy = Files.copy(file, directory.resolve(file.getFileName().toString()));
        Path configuration = directory.resolve("meridian.yml");
        Starter starter = new Initializer(configuration).propose();
        Files.writeString(configuration, starter.text());
        written++;

        String guessed = guessed(starter.guesses());
        if (guessed.equals(RIGHT.getOrDefault(name, guessed))) {
            right++;
        } else {
            missed.add(name + ": " + guessed + " instead of " + RIGHT.get(name));
        }
        assertListed(name, starter);
        accepted += starter.settle().isEmpty() ? 1 : 0;
        settled.add(starter.settle().stream().map(Diagnostic::code).toList());
        Files.delete(copy);
    }

    /** What is listed is exactly what plan would say, each with its place, on the screen and in the file. */
    private static void assertListed(String name, Starter starter) {
        assertThat(starter.settle()).as(name).allSatisfy(problem -> {
            assertThat(problem.where()).as(problem.summary()).isPresent();
            assertThat(starter.text())
                    .contains(":" + problem.where().orElseThrow().line() + ":");
        });
        assertThat(starter.text()
                        .lines()
                        .filter(line -> line.startsWith("# - "))
                        .count())
                .as(name)
                .isEqualTo(starter.settle().size());
    }

    private static String guessed(Guesses guesses) {
        return guesses.service().known()
                ? guesses.service().value() + " " + guesses.port().value() + " "
                        + guesses.health().value()
                : NO_APP;
    }

    private static Map<String, Path> files() throws IOException {
        String folder = System.getenv(VARIABLE);
        assumeTrue(folder != null, () -> VARIABLE + " is not set, so there are no public Compose files to read");
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            Map<String, Path> files = new TreeMap<>();
            entries.filter(Files::isDirectory).forEach(entry -> ComposeLocator.usual(entry)
                    .ifPresent(file -> files.put(entry.getFileName().toString(), file)));
            return files;
        }
    }
}
