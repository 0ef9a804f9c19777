package org.meridian.drivers.haproxy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;

/**
 * In which order a user's requests try the regions: the nearest, then the primary, then the others by their distance
 * from the nearest. A region whose location is unknown is nobody's nearest and comes last.
 */
final class Steering {
    private final App app;
    private final List<Region> regions;

    Steering(App app) {
        this.app = app;
        this.regions = primaryFirst(app);
    }

    /** The order for a user whose place is unknown. */
    List<Region> usual() {
        return from(regions.getFirst());
    }

    /** The order for a user in a country. */
    List<Region> from(Place country) {
        return from(regions.stream()
                .filter(region -> place(region).isPresent())
                .min(byDistance(country))
                .orElse(regions.getFirst()));
    }

    /** The order for a user who is in a region already. */
    List<Region> from(Region nearest) {
        List<Region> order = new ArrayList<>(regions);
        place(nearest).ifPresent(place -> order.sort(byDistance(place)));
        moveToFront(order, app.region(app.primary()));
        moveToFront(order, nearest);
        return order;
    }

    private static void moveToFront(List<Region> order, Region region) {
        order.remove(region);
        order.addFirst(region);
    }

    /** Where distances are equal the order stays, and that has the primary first. */
    private static Comparator<Region> byDistance(Place from) {
        return Comparator.comparingDouble(region ->
                place(region).map(place -> Places.distanceKm(from, place)).orElse(Double.MAX_VALUE));
    }

    private static Optional<Place> place(Region region) {
        return Places.find(region.location());
    }

    private static List<Region> primaryFirst(App app) {
        List<Region> regions = new ArrayList<>(app.regions());
        moveToFront(regions, app.region(app.primary()));
        return List.copyOf(regions);
    }
}
