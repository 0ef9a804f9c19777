package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.compose.Repository;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * What a first configuration says.
 *
 * @param app     the app's name
 * @param compose the Compose file's name
 * @param image   the app's image
 * @param service the service that answers readers
 * @param port    its port
 * @param health  the path of its health check
 */
record Proposal(String app, String compose, String image, String service, int port, String health) {
    /** Images that stand behind an app and are never the app itself. */
    private static final Set<String> BACKING = Set.of(
            "postgres",
            "postgis",
            "mysql",
            "mariadb",
            "percona",
            "mongo",
            "redis",
            "valkey",
            "keydb",
            "memcached",
            "rabbitmq",
            "nats",
            "kafka",
            "zookeeper",
            "elasticsearch",
            "opensearch",
            "minio",
            "mailhog",
            "mailpit",
            "adminer",
            "phpmyadmin",
            "pgadmin4",
            "vector",
            "fluentd",
            "prometheus",
            "grafana",
            "nginx",
            "traefik",
            "caddy",
            "haproxy");

    private static final Pattern HEALTH_URL = Pattern.compile("https?://[^/\\s\"']+(/[A-Za-z0-9._~/-]*)");

    Proposal {
        requireNonNull(app, "app is null");
        requireNonNull(compose, "compose is null");
        requireNonNull(image, "image is null");
        requireNonNull(service, "service is null");
        requireNonNull(health, "health is null");
    }

    /** Guesses from the services; throws {@link Failure} when none of them has a port. */
    static Proposal of(ComposeDocument compose, String app, String file) {
        ComposeService served = compose.services().stream()
                .filter(service -> !service.ports().isEmpty())
                .sorted(Comparator.comparingInt(Proposal::likelihood).reversed())
                .findFirst()
                .orElseThrow(() -> noPort(compose));
        return new Proposal(
                app, file, image(appService(compose, served), app), served.name(), port(served), health(served));
    }

    /** The greater, the likelier it answers readers; of equal ones the last counts, so the first is made greater. */
    private static int likelihood(ComposeService service) {
        boolean backing = service.repository()
                .map(Proposal::lastName)
                .filter(BACKING::contains)
                .isPresent();
        boolean published =
                service.ports().stream().anyMatch(port -> port.host().isPresent());
        return (service.built() ? 4 : 0) + (backing(service) ? 0 : 2) + (published ? 1 : 0);
    }

    private static String lastName(String repository) {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    private static String image(ComposeService service, String app) {
        if (service.image().isPresent() && service.repository().isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                            "unresolved-image",
                            "services." + service.name() + ".image depends on a variable without a default",
                            "Write a default there, such as ${IMAGE:-" + app + "}.")
                    .at(service.image().get().where()));
        }
        return service.repository().map(Repository::normal).orElse(app);
    }

    private static int port(ComposeService service) {
        return service.ports().stream()
                .filter(port -> port.host().isPresent() && !port.loopbackOnly())
                .findFirst()
                .orElse(service.ports().getFirst())
                .container();
    }

    /** The path that the service's own health check requests, when it requests one. */
    private static String health(ComposeService service) {
        Optional<YamlNode> test = service.body()
                .get("healthcheck")
                .filter(Mapping.class::isInstance)
                .flatMap(check -> ((Mapping) check).get("test"));
        return test.flatMap(command -> path(words(command))).orElse("/");
    }

    private static String words(YamlNode command) {
        return switch (command) {
            case Scalar scalar -> scalar.text();
            case Sequence sequence ->
                sequence.items().stream().map(Proposal::words).reduce("", (all, word) -> all + " " + word);
            case Mapping mapping -> "";
        };
    }

    private static Optional<String> path(String command) {
        Matcher url = HEALTH_URL.matcher(command);
        return url.find() ? Optional.of(url.group(1)) : Optional.empty();
    }

    private static Failure noPort(ComposeDocument compose) {
        return Failure.usage(Diagnostic.of(
                "no-port",
                "no service in " + compose.file() + " has a port",
                "Write 'expose: [\"3000\"]', with its own port, at the service that answers readers."));
    }

    /** The configuration. */
    String text() {
        return """
                # Where %1$s runs and how it moves to a new release. 'meridian plan' checks this file and shows what a
                # deploy would do. docs/reference/meridian.yml has every key.

                app: %1$s
                compose: %2$s
                image: %3$s             # a release replaces it in each service that has it

                primary: eu                  # moves last, and stands in when another region fails

                regions:
                  eu: { provider: local, location: DE, servers: 1 }
                  us: { provider: local, location: US, servers: 1 }
                  # us:
                  #   provider: local
                  #   location: US           # a country, or a cloud region such as us-east-1
                  #   servers: 2
                  #   env: { DATABASE_REPLICA: us.db.example.com }
                  #   secrets: env-file:secrets/us.env

                # env:                       # for the app's containers, in every region
                #   LOG_LEVEL: info

                serve:
                  service: %4$s
                  port: %5$d
                  health: { path: %6$s }     # 2xx here means fit to serve; be honest about the database

                # before_shift: bin/migrate  # once, on the new release, before any traffic moves

                # rollout: { drain: 30s, keep_previous: 15m }

                traffic: { driver: haproxy, port: 8080 }
                """.formatted(app, compose, image, quoted(service), port, health);
    }

    /** A service may be named like a number or a boolean; quotes keep it text. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9_.-]*") ? name : "'" + name + "'";
    }
}
