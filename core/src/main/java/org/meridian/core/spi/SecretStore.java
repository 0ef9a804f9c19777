package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.meridian.core.model.Secret;

/** Turns references into secret values. */
public interface SecretStore {
    /** What comes before the colon of the references it understands, such as {@code env-file}. */
    String scheme();

    /** The values behind a reference; throws {@link org.meridian.core.diagnostic.Failure} when they can't be had. */
    Values fetch(String reference) throws InterruptedException;

    /**
     * What a reference stands for.
     *
     * @param version tells this content from another, so that a rollback can pin it; gives nothing away
     * @param values  names and values
     */
    record Values(String version, Map<String, Secret> values) {
        /** Copies the values. */
        public Values {
            requireNonNull(version, "version is null");
            values = Map.copyOf(values);
        }
    }
}
