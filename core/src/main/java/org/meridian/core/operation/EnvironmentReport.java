package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.model.RegionName;

/**
 * Which variables the app's services have on the servers, and what gives each its value; no value is in it.
 *
 * @param variables by service and name
 */
public record EnvironmentReport(List<Variable> variables) {
    /** What a Compose file's {@code environment} is called as a source. */
    public static final String COMPOSE = "the Compose file";

    /** Copies the list. */
    public EnvironmentReport {
        variables = List.copyOf(variables);
    }

    /**
     * A variable that has the same sources in these regions.
     *
     * @param service the service
     * @param name    its name
     * @param sources what gives it a value: the first one counts, the others would without it
     * @param regions where, in the order of the configuration
     */
    public record Variable(String service, String name, List<String> sources, List<RegionName> regions) {
        /** Copies the lists and checks that something gives it a value. */
        public Variable {
            requireNonNull(service, "service is null");
            requireNonNull(name, "name is null");
            sources = List.copyOf(sources);
            regions = List.copyOf(regions);
            if (sources.isEmpty()) {
                throw new IllegalArgumentException(name + " has no source");
            }
        }

        /** What its value is from. */
        public String source() {
            return sources.getFirst();
        }

        /** Whether the Compose file sets it and something else counts. */
        public boolean overridesCompose() {
            return sources.size() > 1 && sources.contains(COMPOSE);
        }
    }
}
