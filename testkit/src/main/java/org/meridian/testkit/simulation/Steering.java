package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;

/** Which regions a region's users are sent to, in order: their own, the primary, the others by their distance from it. */
final class Steering {
    private Steering() {}

    static List<Region> of(App app, Region nearest) {
        List<Region> order = new ArrayList<>(app.regions());
        order.sort(Comparator.comparingInt((Region region) -> rank(app, nearest, region))
                .thenComparingDouble(region -> distance(nearest, region)));
        return List.copyOf(order);
    }

    private static int rank(App app, Region nearest, Region region) {
        return region.equals(nearest) ? 0 : region.name().equals(app.primary()) ? 1 : 2;
    }

    private static double distance(Region from, Region to) {
        Optional<Place> start = Places.find(from.location());
        Optional<Place> end = Places.find(to.location());
        return start.isPresent() && end.isPresent() ? Places.distanceKm(start.get(), end.get()) : Double.MAX_VALUE;
    }
}
