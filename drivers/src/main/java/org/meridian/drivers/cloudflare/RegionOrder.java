package org.meridian.drivers.cloudflare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;

/** Where an app's regions are, and in which order users of a place try them. */
final class RegionOrder {
    private final App app;

    RegionOrder(App app) {
        this.app = app;
    }

    /** Where a region is; throws a Failure for a location that is not known, since Cloudflare steers by coordinates. */
    static Place place(Region region) {
        return Places.find(region.location())
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "unknown-location",
                        "Cloudflare steers by coordinates, and nobody knows where '" + region.location() + "' of "
                                + region.name() + " is",
                        "Give the region a 'location': a country's two letters, or a cloud's region.")));
    }

    /** The primary, then the others by their distance from it. */
    List<RegionName> usual() {
        return from(place(app.region(app.primary())));
    }

    /** The nearest, then the primary, then the others by their distance from the nearest. */
    List<RegionName> from(Place user) {
        Region nearest = app.regions().stream()
                .min(Comparator.comparingDouble(region -> Places.distanceKm(user, place(region))))
                .orElseThrow();
        List<RegionName> order = new ArrayList<>(app.regions().stream()
                .sorted(Comparator.comparingDouble(region -> Places.distanceKm(place(nearest), place(region))))
                .map(Region::name)
                .toList());
        order.remove(app.primary());
        order.addFirst(app.primary());
        order.remove(nearest.name());
        order.addFirst(nearest.name());
        return order;
    }
}
