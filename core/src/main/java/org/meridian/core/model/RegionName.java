package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name that a team gave a region in its configuration.
 *
 * @param value lower-case letters, digits and hyphens, starting with a letter, at most 30 characters
 */
public record RegionName(String value) implements Comparable<RegionName> {
    private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,28}[a-z0-9])?");

    /** Checks the form; throws IllegalArgumentException with the rule otherwise. */
    public RegionName {
        requireNonNull(value, "value is null");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value
                    + "' is not a name: use lower-case letters, digits and hyphens, start with a letter, at most 30");
        }
    }

    @Override
    public int compareTo(RegionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
