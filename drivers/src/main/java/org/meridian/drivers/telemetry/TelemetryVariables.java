package org.meridian.drivers.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * OpenTelemetry's standard variables, as its specification has them ("Environment Variable Specification", "OTLP
 * Exporter Configuration"). Differing from it, nothing is sent unless one of them says where to or how: a command is no
 * service that always has a collector beside it.
 */
final class TelemetryVariables {
    private static final Set<String> ASKING = Set.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
            "OTEL_TRACES_EXPORTER",
            "OTEL_METRICS_EXPORTER");

    private static final String PROTOCOL = "http/protobuf";

    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.exporter.otlp.protocol", PROTOCOL,
            "otel.exporter.otlp.timeout", "4000",
            "otel.logs.exporter", "none");

    private final Map<String, String> environment;

    TelemetryVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(requireNonNull(environment, "environment is null"));
    }

    /** Whether they ask for anything. */
    boolean wanted() {
        return !Boolean.parseBoolean(environment.getOrDefault("OTEL_SDK_DISABLED", "false"))
                && ASKING.stream()
                        .map(name -> environment.getOrDefault(name, ""))
                        .anyMatch(value -> !value.isBlank() && !value.equals("none"));
    }

    /** Throws IllegalStateException where they ask for a protocol that Meridian does not speak. */
    void requireSupported() {
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_EXPORTER_OTLP_") && name.endsWith("PROTOCOL") && !value.equals(PROTOCOL)) {
                throw new IllegalStateException(
                        name + " is '" + value + "', and Meridian speaks " + PROTOCOL + " alone");
            }
        });
    }

    /** All variables, by their names. */
    Map<String, String> all() {
        return environment;
    }

    /** In the SDK's form, in which OTEL_TRACES_EXPORTER is otel.traces.exporter, with our defaults. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(DEFAULTS);
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_")) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }
}
