package org.meridian.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;

/** A directory with a configuration, good until a test changes it. */
final class Folder {
    static final String GOOD = """
            app: journal
            compose: compose.yaml
            image: registry.example.com/journal
            primary: eu
            regions:
              eu:
                provider: local
                location: DE
                servers: 2
                size: small
                networks: [database]
                env: { PORT: 3000, FLAG: no }
                secrets: env-file:secrets.env
              us: { provider: local, location: us-east-1, secrets: [env-file:secrets.env] }
            env: { LOG_LEVEL: info }
            serve:
              service: web
              port: 3000
              health: { path: /up, interval: 500ms, timeout: 2s, rise: 3, within: 2m }
            before_shift: bin/migrate --name "two words"
            rollout:
              { waves: [[us], [eu]], watch: 7s, drain: 8s, keep_previous: 1h,
                on_failure: pause, approve: { by: manual, within: 3h },
                canary: { weights: [5, 25], soak: 20s, soak_at_most: 4m, max_error_rate: 0.25%, max_p95: 800ms,
                          min_requests: 80, too_few: rollback } }
            hooks:
              before_deploy: bin/announce start "two words"
              after_deploy: { run: [bin/announce, end], within: 30s }
              before_region: [bin/check --deep, { run: bin/slow, within: 10m }, [bin/last, 7]]
            notify:
              - slack: env:SLACK_WEBHOOK_URL
              - webhook: env:DEPLOY_WEBHOOK_URL
            metrics:
              prometheus:
                url: http://127.0.0.1:9090
                requests: sum(requests{server="$server"})
                errors: sum(errors{server="$server"})
                latency: sum(seconds_bucket{server="$server"}) by (le)
            traffic: { driver: haproxy, port: 8081, sticky: { cookie: _session } }
            probe: { path: /posts, rate: 9/s, timeout: 3s }
            state: records
            """;

    static final Map<String, String> ENVIRONMENT = Map.of(
            "SLACK_WEBHOOK_URL", "https://hooks.example.com/T1/B2/verysecret",
            "DEPLOY_WEBHOOK_URL", "http://127.0.0.1:8099/verysecret",
            "PLAIN_WEBHOOK_URL", "http://hooks.example.com/verysecret");

    static final String COMPOSE = """
            services:
              web:
                image: registry.example.com/journal:latest
                ports: ["8080:3000"]
              worker:
                image: registry.example.com/journal
              cache:
                image: memcached:1.6
                expose: [11211]
            """;

    private final Path directory;

    Folder(Path directory) {
        this.directory = directory;
        write("meridian.yml", GOOD).write("compose.yaml", COMPOSE).write("secrets.env", "KEY=value\n");
    }

    Folder write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a part of the good configuration, which must have it. */
    Folder with(String part, String other) {
        return write("meridian.yml", replaced(GOOD, part, other));
    }

    /** Replaces a part of the good Compose file, which must have it. */
    Folder withCompose(String part, String other) {
        return write("compose.yaml", replaced(COMPOSE, part, other));
    }

    static String replaced(String text, String part, String other) {
        Assertions.assertThat(text).contains(part);
        return text.replace(part, other);
    }

    /** The configuration as it is now. */
    String text() {
        return read("meridian.yml");
    }

    String read(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    Configuration load() {
        return new ConfigurationLoader(ENVIRONMENT).load(path("meridian.yml"));
    }

    App app() {
        return load().app();
    }

    /** What is wrong, in the order in which it is reported. */
    List<Diagnostic> problems() {
        return problems(() -> load().requireReleasable());
    }

    static List<Diagnostic> problems(Runnable action) {
        try {
            action.run();
        } catch (Failure failure) {
            Assertions.assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            return failure.diagnostics();
        }
        return List.of();
    }

    /** What is wrong, a line each: place without the directory, summary, suggestion. */
    List<String> lines() {
        return problems().stream().map(this::line).toList();
    }

    String line(Diagnostic problem) {
        String place = problem.where().map(where -> where + ": ").orElse("");
        return (place + problem.summary() + " | " + problem.suggestion()).replace(directory + "/", "");
    }
}
