package org.meridian.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;

/** Reads where a region is; one named like a cloud's region is there unless it says otherwise. */
final class LocationReader {
    private static final String EXAMPLE =
            "Write a country's two letters, such as 'location: DE', or a cloud's region, such as eu-central-1.";

    private static final Pattern AWS = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
    private static final Pattern DIGITALOCEAN = Pattern.compile("[a-z]{3}[0-9]");

    private LocationReader() {}

    /** The place; a region of a cloud must be one that this cloud has. */
    static Optional<String> read(Section region, String regionName, String provider) {
        // A country is never guessed: "na", "sa" and "as" are continents to people and countries to ISO 3166.
        Optional<Place> named =
                Places.find(regionName).filter(place -> !place.name().equals(place.country()) && fits(place, provider));
        Optional<Field> location = named.isPresent() ? region.find("location") : region.require("location", EXAMPLE);
        if (location.isPresent()) {
            return location.flatMap(field -> known(field)
                    .filter(place -> checked(field, place, provider))
                    .map(Place::name));
        }
        return named.map(Place::name);
    }

    private static Optional<Place> known(Field field) {
        return field.text().flatMap(text -> {
            Optional<Place> place = Places.find(text);
            if (place.isEmpty()) {
                field.error("unknown-location", "'" + text + "' is not a known place", suggestion(text));
            }
            return place;
        });
    }

    private static boolean checked(Field field, Place place, String provider) {
        boolean fits = fits(place, provider);
        if (!fits) {
            field.error(
                    "unknown-location",
                    "'" + place.name() + "' is not a region of " + provider,
                    provider.equals("aws") ? "Write one such as eu-west-1." : "Write one such as fra1.");
        }
        return fits;
    }

    private static boolean fits(Place place, String provider) {
        return switch (provider) {
            case "aws" -> AWS.matcher(place.name()).matches();
            case "digitalocean" -> DIGITALOCEAN.matcher(place.name()).matches();
            default -> true;
        };
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
