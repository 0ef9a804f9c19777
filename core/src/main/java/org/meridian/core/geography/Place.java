package org.meridian.core.geography;

import static java.util.Objects.requireNonNull;

/**
 * A point on the globe that a location's name stands for.
 *
 * @param name      the location as it is usually written, such as {@code eu-west-1} or {@code DE}
 * @param country   its country's ISO 3166-1 alpha-2 code, in capitals
 * @param latitude  degrees, north positive; -90 to 90
 * @param longitude degrees, east positive; -180 to 180
 */
public record Place(String name, String country, double latitude, double longitude) {
    /** Checks the ranges; throws IllegalArgumentException outside them. */
    public Place {
        requireNonNull(name, "name is null");
        requireNonNull(country, "country is null");
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("there is no place at " + latitude + ", " + longitude);
        }
    }
}
