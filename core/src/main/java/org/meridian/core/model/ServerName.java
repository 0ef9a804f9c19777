package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one server, unique within an app: app, region, release and a counter from 1.
 *
 * @param value a DNS label, so that it serves as a host name too (RFC 1123)
 */
public record ServerName(String value) implements Comparable<ServerName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern NUMBER = Pattern.compile("-r[0-9]+-([0-9]{1,6})$");

    /** Checks the form; throws IllegalArgumentException otherwise. */
    public ServerName {
        requireNonNull(value, "value is null");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a host name of at most 63 characters");
        }
    }

    /** The name of the n-th server (counted from 1) of a region's fleet for a release. */
    public static ServerName of(AppName app, RegionName region, ReleaseId release, int n) {
        return new ServerName(app + "-" + region + "-" + release + "-" + n);
    }

    /** Which server of its fleet it is, counted from 1; 0 for a name that {@link #of} did not make. */
    public int number() {
        Matcher number = NUMBER.matcher(value);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    @Override
    public int compareTo(ServerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
