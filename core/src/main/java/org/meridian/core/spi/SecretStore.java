package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Secret;

/**
 * Turns references into secret values.
 *
 * <p>A Failure is of kind USAGE where a person wrote something wrong (no such secret, not JSON, no credentials set), and
 * of kind FAILED where something outside did not do its part (no permission, no answer in time). None shows a value.
 */
public interface SecretStore {
    /** The code of the failure that says that the version asked for can't be had any more. */
    String NO_SUCH_VERSION = "secret-version-gone";

    /** What comes before the colon of the references it understands, such as {@code env-file}. */
    String scheme();

    /** Whether it can give a former version; one that can't only tells by the version that the content is another. */
    boolean keepsVersions();

    /** Whether one reference may stand for different values in different locations. */
    boolean perLocation();

    /** The values behind a reference; throws {@link org.meridian.core.diagnostic.Failure} when they can't be had. */
    Values fetch(Wanted wanted) throws InterruptedException;

    /**
     * What is asked for.
     *
     * @param name     what stands after the scheme's colon in the reference
     * @param version  a version that this store gave before, which wins over one in the name; empty for the name's own,
     *                 or else the newest. A store that keeps no versions ignores it
     * @param location where the region is that gets the values
     */
    record Wanted(String name, Optional<String> version, String location) {
        /** Checks that no part is null. */
        public Wanted {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(location, "location is null");
        }
    }

    /**
     * What a reference stands for.
     *
     * @param version tells this content from another, so that a rollback can pin it; gives nothing away, has no @
     * @param values  names and values
     */
    record Values(String version, Map<String, Secret> values) {
        /** Copies the values; throws IllegalArgumentException for a version that could not be read back from a record. */
        public Values {
            requireNonNull(version, "version is null");
            if (version.isEmpty() || version.indexOf('@') >= 0) {
                throw new IllegalArgumentException("a version is not empty and has no @");
            }
            values = Map.copyOf(values);
        }
    }
}
