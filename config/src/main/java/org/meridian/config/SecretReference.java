package org.meridian.config;

import static java.util.Objects.requireNonNull;

import org.meridian.core.diagnostic.Location;

/**
 * A reference to one secret and where it is written.
 *
 * @param text  such as {@code env:MERIDIAN_DEPLOY_KEY}
 * @param where its place in the configuration
 */
public record SecretReference(String text, Location where) {
    /** Checks that neither is null. */
    public SecretReference {
        requireNonNull(text, "text is null");
        requireNonNull(where, "where is null");
    }
}
