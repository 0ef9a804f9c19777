package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a release, written r1, r2 and so on.
 *
 * @param number 1 or greater; a later release has a greater number
 */
public record ReleaseId(int number) implements Comparable<ReleaseId> {
    private static final Pattern FORM = Pattern.compile("r([1-9][0-9]{0,8})");

    /** Checks the number; throws IllegalArgumentException when it is below 1. */
    public ReleaseId {
        if (number < 1) {
            throw new IllegalArgumentException("releases are numbered from 1, not " + number);
        }
    }

    /** Reads the written form, such as r12; throws IllegalArgumentException for anything else. */
    public static ReleaseId parse(String text) {
        requireNonNull(text, "text is null");
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a release: write r and its number, such as r12");
        }
        return new ReleaseId(Integer.parseInt(form.group(1)));
    }

    /** The release that follows this one. */
    public ReleaseId next() {
        return new ReleaseId(number + 1);
    }

    @Override
    public int compareTo(ReleaseId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "r" + number;
    }
}
