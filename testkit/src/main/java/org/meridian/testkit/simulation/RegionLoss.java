package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;

/**
 * What it takes to bear the loss of a region, when every server serves as many users as every other.
 *
 * @param region  the region that is lost
 * @param taker   the region that gets its traffic; empty when there is no other
 * @param busy    how busy the taker's servers are then, as a share of what they can bear; 0 when there is none
 * @param missing how many servers more the taker needs to bear it; 0 when it bears it
 */
public record RegionLoss(RegionName region, Optional<RegionName> taker, double busy, int missing) {
    /** So that eight servers at an eighth are not one too few. */
    private static final double ROUNDING = 1e-9;

    /** Checks that no part is null. */
    public RegionLoss {
        requireNonNull(region, "region is null");
        requireNonNull(taker, "taker is null");
    }

    /** Whether the others bear it. */
    public boolean borne() {
        return taker.isPresent() && missing == 0;
    }

    /** The loss of each region of an app, whose servers are that busy when all is well, as a share of what they bear. */
    static List<RegionLoss> of(App app, double load) {
        return app.regions().stream().map(region -> of(app, region, load)).toList();
    }

    private static RegionLoss of(App app, Region lost, double load) {
        List<Region> order = Steering.of(app, lost);
        if (order.size() == 1) {
            return new RegionLoss(lost.name(), Optional.empty(), 0, 0);
        }
        Region taker = order.get(1);
        double needed = load * (lost.servers() + taker.servers());
        int missing = (int) Math.ceil(needed - ROUNDING) - taker.servers();
        return new RegionLoss(lost.name(), Optional.of(taker.name()), needed / taker.servers(), Math.max(0, missing));
    }
}
