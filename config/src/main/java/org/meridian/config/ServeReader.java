package org.meridian.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.compose.ServedService;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Problems;
import org.meridian.config.document.Section;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Serve;
import org.meridian.core.model.TrafficSettings;

/** Reads which container answers users, and checks that the Compose file has it. */
final class ServeReader {
    private static final int MOST_HOSTS = 100;
    private static final String HOSTS = "Write a list such as 'hosts: [journal.example.com, www.journal.example.com]'.";

    private final Optional<ComposeDocument> compose;
    private final Problems problems;

    ServeReader(Optional<ComposeDocument> compose, Problems problems) {
        this.compose = compose;
        this.problems = problems;
    }

    /** How long the app may take to begin an answer. */
    static Duration timeout(Section serve) {
        return serve.duration("timeout", TrafficSettings.ANSWER_WITHIN, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /** The names that users ask for; none where they are not listed, or a problem was kept. */
    static List<String> hosts(Section serve) {
        List<String> names = new ArrayList<>();
        serve.find("hosts").ifPresent(field -> {
            List<Field> items = field.items(HOSTS).orElse(List.of());
            if (field.isList() && (items.isEmpty() || items.size() > MOST_HOSTS)) {
                field.error("out-of-range", "an app has 1 to " + MOST_HOSTS + " names", HOSTS);
                return;
            }
            items.forEach(item -> Hostname.read(item).ifPresent(name -> {
                if (names.contains(name)) {
                    item.error("duplicate-value", "'" + name + "' is listed twice", "Remove one of them.");
                }
                names.add(name);
            }));
        });
        return names;
    }

    Optional<Serve> read(Section serve, Optional<String> hostname, List<String> hosts) {
        Optional<Field> serviceField = serve.require("service", "Write 'service: " + example() + "'.");
        Optional<Field> portField =
                serve.require("port", "Write the port that it listens on in its container, such as 'port: 3000'.");
        HealthCheck health = HealthReader.read(serve.section("health"), hostname, hosts);
        Optional<String> name = serviceField.flatMap(Field::text);
        Optional<Integer> port = portField.flatMap(field -> field.number(1, 65_535));
        if (compose.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        Optional<ComposeService> service = compose.get().service(name.get());
        if (service.isEmpty() && !inactive(name.get(), compose.get())) {
            reportUnknown(serviceField.get(), name.get(), compose.get());
        }
        if (service.isEmpty() || port.isEmpty() || !listens(portField.get(), service.get(), port.get())) {
            return Optional.empty();
        }
        ServedService served = new ServedService(compose.get(), service.get(), problems);
        served.check(port.get());
        return Optional.of(
                new Serve(name.get(), port.get(), served.hostPort(port.get()), health, served.others(port.get())));
    }

    private String example() {
        return compose.flatMap(document -> document.names().stream().findFirst())
                .orElse("web");
    }

    private boolean inactive(String name, ComposeDocument document) {
        Optional<ComposeService> found = document.inactive().stream()
                .filter(service -> service.name().equals(name))
                .findFirst();
        found.flatMap(service -> service.body().entry("profiles"))
                .ifPresent(profiles -> problems.error(
                        profiles.key().where(),
                        "profiles",
                        "services." + name + " has profiles, so it does not start by itself",
                        "Leave profiles out at the service that answers requests."));
        return found.isPresent();
    }

    private static void reportUnknown(Field field, String name, ComposeDocument compose) {
        field.error(
                "unknown-service",
                "there is no service '" + name + "' in " + compose.file(),
                Closest.suggestion(name, "services", compose.names()));
    }

    private static boolean listens(Field field, ComposeService service, int port) {
        if (service.containerPorts().contains(port)) {
            return true;
        }
        String ports = service.containerPorts().stream().map(String::valueOf).collect(Collectors.joining(", "));
        field.error(
                "unknown-port",
                "the service '" + service.name() + "' has no port " + port + " in the Compose file; "
                        + (ports.isEmpty() ? "it has none" : "it has " + ports),
                ports.isEmpty()
                        ? "Write 'expose: [\"" + port + "\"]' at the service there."
                        : "Write one of its ports, or add this one there under 'expose:'.");
        return false;
    }
}
