package org.meridian.testkit.simulation;

import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;

/** Apps for simulations. */
public final class SimulatedApps {
    /** The region that moves last. */
    public static final RegionName EU = new RegionName("eu");

    /** A region of the first wave. */
    public static final RegionName US = new RegionName("us");

    /** The other region of the first wave. */
    public static final RegionName AP = new RegionName("ap");

    private SimulatedApps() {}

    /** An app in three regions with that many servers each, the primary in Europe. */
    public static App threeRegions(int servers) {
        return Shape.threeRegions(servers).app();
    }
}
