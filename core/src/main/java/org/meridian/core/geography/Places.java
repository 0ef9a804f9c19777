package org.meridian.core.geography;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Knows where locations are: countries by ISO 3166-1 alpha-2 code, and the regions of AWS and DigitalOcean by name.
 *
 * <p>The tables lie beside this class, and say where their figures are from.
 */
public final class Places {
    private static final double EARTH_RADIUS_KM = 6371.0;
    private static final List<Place> COUNTRIES =
            read("countries.csv", cells -> new Place(cells[0], cells[0], number(cells[1]), number(cells[2])));
    private static final List<Place> CLOUD_REGIONS =
            read("cloud-regions.csv", cells -> new Place(cells[0], cells[1], number(cells[2]), number(cells[3])));
    private static final Map<String, Place> BY_NAME = byName();

    private Places() {}

    /** The place of that location, whose capitals do not matter; empty when it is not known. */
    public static Optional<Place> find(String location) {
        return Optional.ofNullable(BY_NAME.get(key(location)));
    }

    /** Every name that {@link #find} knows, sorted; countries in capitals. */
    public static List<String> names() {
        return BY_NAME.values().stream().map(Place::name).sorted().toList();
    }

    /** One place for each country, sorted by code. */
    public static List<Place> countries() {
        return COUNTRIES;
    }

    /** The great-circle distance in kilometres, by the haversine formula on a sphere; within half a percent. */
    public static double distanceKm(Place from, Place to) {
        double north = Math.toRadians(to.latitude() - from.latitude());
        double east = Math.toRadians(to.longitude() - from.longitude());
        double haversine = square(Math.sin(north / 2))
                + Math.cos(Math.toRadians(from.latitude()))
                        * Math.cos(Math.toRadians(to.latitude()))
                        * square(Math.sin(east / 2));
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, haversine)));
    }

    private static double square(double value) {
        return value * value;
    }

    private static Map<String, Place> byName() {
        Map<String, Place> places = new TreeMap<>();
        Stream.concat(COUNTRIES.stream(), CLOUD_REGIONS.stream())
                .forEach(place -> places.put(key(place.name()), place));
        return Map.copyOf(places);
    }

    private static String key(String location) {
        return location.toLowerCase(Locale.ROOT);
    }

    private static List<Place> read(String table, Row row) {
        InputStream resource = Places.class.getResourceAsStream(table);
        if (resource == null) {
            throw new IllegalStateException("the table " + table + " is missing from the build");
        }
        try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> row.place(line.split(",", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(String cell) {
        return Double.parseDouble(cell);
    }

    private interface Row {
        Place place(String[] cells);
    }
}
