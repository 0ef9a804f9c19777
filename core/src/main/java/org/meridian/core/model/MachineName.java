package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

/**
 * What a machine is called: by the configuration, for one that was there before Meridian, or by Meridian, which made it.
 *
 * @param value one word, such as {@code ops@lab-1:2222} or {@code journal-eu-m1}
 */
public record MachineName(String value) implements Comparable<MachineName> {
    /** Checks that it is a word; throws IllegalArgumentException otherwise. */
    public MachineName {
        requireNonNull(value, "value is null");
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("'" + value + "' is not a machine's name");
        }
    }

    @Override
    public int compareTo(MachineName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
