package org.meridian.drivers.ssh;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;

/**
 * Writes the Compose service that ships logs.
 *
 * <p>It stands in a profile of its own (Compose file reference, "Profiles"), so that Compose starts it only when asked by
 * name: bringing the release up neither waits for it nor fails with it.
 */
final class ShipperService {
    static final String NAME = "meridian-vector";

    private static final List<String> OWN =
            List.of("MERIDIAN_APP", "MERIDIAN_REGION", "MERIDIAN_SERVER", "MERIDIAN_RELEASE");

    private ShipperService() {}

    /**
     * The service's lines. Vector 0.57 and later replace variables in their file only when told to (upgrade guide of 0.57);
     * before, they did without. Compose gives it the secrets that it needs, and no others, out of the environment file.
     */
    static String of(LogShipping shipping, LogSettings logs, String configuration) {
        return """
                  %1$s:
                    image: %2$s
                    profiles: [%1$s]
                    command: ["--config", "/etc/vector/vector.toml"]
                    restart: unless-stopped
                    environment: { %3$s, VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION: "true" }
                    volumes: [%4$s, "/var/run/docker.sock:/var/run/docker.sock:ro"]
                    logging: %5$s
                """.formatted(
                        Yaml.quoted(NAME),
                        Yaml.quoted(shipping.image().toString()),
                        variables(shipping.secrets()),
                        Yaml.quoted(configuration + ":/etc/vector/vector.toml:ro"),
                        ComposeDefaults.logging(logs));
    }

    private static String variables(List<String> secrets) {
        return Stream.concat(OWN.stream(), secrets.stream())
                .map(name -> Yaml.quoted(name) + ": \"${" + name + ":-}\"")
                .collect(Collectors.joining(", "));
    }
}
