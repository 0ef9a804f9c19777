package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.meridian.core.model.Secret;

/**
 * What a region has from one reference.
 *
 * @param reference as it stands in the configuration
 * @param version   the version found
 * @param values    names and values
 */
record Source(String reference, String version, Map<String, Secret> values) {
    Source {
        requireNonNull(reference, "reference is null");
        requireNonNull(version, "version is null");
        values = Map.copyOf(values);
    }

    /** The form in which a release remembers it. */
    String pin() {
        return reference + "@" + version;
    }
}
