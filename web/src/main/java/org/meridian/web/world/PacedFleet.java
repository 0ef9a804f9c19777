package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.meridian.core.model.Region;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.Time;

/**
 * The providers' servers, asked for so seldom that at most a tenth of the time goes into it: some providers are asked by a
 * program that takes seconds.
 */
final class PacedFleet implements FleetDriver {
    private static final Duration AT_LEAST = Duration.ofSeconds(2);
    private static final int SHARE = 10;

    private final Fleets fleets;
    private final Time time;
    private FleetView seen = FleetView.NONE;
    private boolean looked;
    private long nextLook;

    PacedFleet(Fleets fleets, Time time) {
        this.fleets = requireNonNull(fleets, "fleets is null");
        this.time = requireNonNull(time, "time is null");
    }

    @Override
    public String provider() {
        return "all";
    }

    @Override
    public synchronized FleetView observe() throws InterruptedException {
        long begin = time.nanos();
        if (!looked || begin - nextLook >= 0) {
            seen = fleets.observe();
            long took = time.nanos() - begin;
            nextLook = begin + Math.max(AT_LEAST.toNanos(), SHARE * took);
            looked = true;
        }
        return seen;
    }

    /** What was seen last. */
    synchronized FleetView seen() {
        return seen;
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) {
        throw new UnsupportedOperationException("who looks changes nothing");
    }

    @Override
    public void destroyAll() {
        throw new UnsupportedOperationException("who looks changes nothing");
    }
}
