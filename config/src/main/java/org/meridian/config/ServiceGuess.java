package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Guesses from a Compose file which service answers readers and which one is the app; often, both are one. */
final class ServiceGuess {
    /** Images that stand behind an app, or before it, and are never the app itself. */
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
            "elasticsearch",
            "opensearch",
            "minio",
            "mailhog",
            "mailpit",
            "adminer",
            "phpmyadmin",
            "vector",
            "prometheus",
            "grafana",
            "nginx",
            "traefik",
            "caddy",
            "haproxy");

    private static final Pattern HEALTH_URL = Pattern.compile("https?://[^/\\s\"']+(/[A-Za-z0-9._~/-]*)");

    private final ComposeDocument compose;
    private final ComposeService served;

    /** Guesses; throws {@link Failure} when no service has a port. */
    ServiceGuess(ComposeDocument compose) {
        this.compose = requireNonNull(compose, "compose is null");
        this.served = compose.services().stream()
                .filter(service -> !service.ports().isEmpty())
                .sorted(Comparator.comparingInt(ServiceGuess::likelihood).reversed())
                .findFirst()
                .orElseThrow(() -> noPort(compose));
    }

    /** The greater, the likelier it answers readers. */
    private static int likelihood(ComposeService service) {
        boolean published =
                service.ports().stream().anyMatch(port -> port.host().isPresent());
        return (service.built() ? 4 : 0) + (backing(service) ? 0 : 2) + (published ? 1 : 0);
    }

    private static boolean backing(ComposeService service) {
        return !service.built()
                && service.repository()
                        .map(repository -> repository.substring(repository.lastIndexOf('/') + 1))
                        .filter(BACKING::contains)
                        .isPresent();
    }

    /** The service that answers readers. */
    String service() {
        return served.name();
    }

    /** Its port. */
    int port() {
        return served.ports().stream()
                .filter(port -> port.host().isPresent() && port.everywhere())
                .findFirst()
                .orElse(served.ports().getFirst())
                .container();
    }

    /** The app's image; the fallback where it is built without a name. */
    String image(String fallback) {
        ComposeService app = appService();
        if (app.image().isPresent() && app.repository().isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                            "unresolved-image",
                            "services." + app.name() + ".image depends on a variable without a default",
                            "Write a default there, such as ${IMAGE:-" + fallback + "}.")
                    .at(app.image().get().where()));
        }
        return app.repository().orElse(fallback);
    }

    /** The served service, unless it is a web server before the app. */
    private ComposeService appService() {
        return compose.services().stream()
                .filter(service -> backing(served) && !backing(service))
                .findFirst()
                .orElse(served);
    }

    /** The path that the service's own health check requests, when it requests one. */
    String health() {
        Optional<YamlNode> test = served.body()
                .get("healthcheck")
                .filter(Mapping.class::isInstance)
                .flatMap(check -> ((Mapping) check).get("test"));
        Matcher url = HEALTH_URL.matcher(test.map(ServiceGuess::words).orElse(""));
        return url.find() ? url.group(1) : "/";
    }

    private static String words(YamlNode command) {
        return switch (command) {
            case Scalar scalar -> scalar.text();
            case Sequence sequence ->
                sequence.items().stream().map(ServiceGuess::words).reduce("", (all, word) -> all + " " + word);
            case Mapping mapping -> "";
        };
    }

    private static Failure noPort(ComposeDocument compose) {
        return Failure.usage(Diagnostic.of(
                "no-port",
                "no service in " + compose.file() + " has a port",
                "Write 'expose: [\"3000\"]', with its own port, at the service that answers readers."));
    }
}
