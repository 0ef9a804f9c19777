package org.meridian.drivers.cloudflare;

import org.meridian.core.geography.Place;

/**
 * Cloudflare's regions of the world, which geo steering goes by (documentation of geo steering), each with a point in
 * its midst.
 */
enum WorldRegion {
    /** Western North America. */
    WNAM(40, -118),
    /** Eastern North America. */
    ENAM(40, -80),
    /** Western Europe. */
    WEU(48, 3),
    /** Eastern Europe. */
    EEU(51, 28),
    /** Northern South America. */
    NSAM(3, -65),
    /** Southern South America. */
    SSAM(-28, -60),
    /** Oceania. */
    OC(-28, 145),
    /** Middle East. */
    ME(27, 45),
    /** Northern Africa. */
    NAF(25, 10),
    /** Southern Africa. */
    SAF(-20, 25),
    /** Southern Asia. */
    SAS(22, 78),
    /** South-East Asia. */
    SEAS(5, 108),
    /** North-East Asia. */
    NEAS(36, 125);

    private final double latitude;
    private final double longitude;

    WorldRegion(double latitude, double longitude) {
        this.latitude = latitude;
        this.longitude = longitude;
    }

    /** The point; it is in no country. */
    Place place() {
        return new Place(name(), "", latitude, longitude);
    }
}
