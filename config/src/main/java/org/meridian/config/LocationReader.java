package org.meridian.config;

import java.util.Optional;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;

/** Reads where a region is; one named like a cloud's region is there unless it says otherwise. */
final class LocationReader {
    private static final String EXAMPLE =
            "Write a country's two letters, such as 'location: DE', or a cloud's region, such as eu-central-1.";

    private LocationReader() {}

    static Optional<String> read(Section region, String regionName) {
        // A country is never guessed: "na", "sa" and "as" are continents to people and countries to ISO 3166.
        Optional<Place> named =
                Places.find(regionName).filter(place -> !place.name().equals(place.country()));
        Optional<Field> location = named.isPresent() ? region.find("location") : region.require("location", EXAMPLE);
        if (location.isPresent()) {
            return location.flatMap(LocationReader::known);
        }
        return named.map(Place::name);
    }

    private static Optional<String> known(Field field) {
        return field.text().flatMap(text -> {
            Optional<Place> place = Places.find(text);
            if (place.isEmpty()) {
                field.error("unknown-location", "'" + text + "' is not a known place", suggestion(text));
            }
            return place.map(Place::name);
        });
    }

    private static String suggestion(String text) {
        // Among two-letter codes everything is near to everything.
        return text.length() <= 2
                ? EXAMPLE
                : Closest.to(text, Places.names())
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse(EXAMPLE);
    }
}
