package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;

/**
 * A wait that says what it waits for and does not last for ever.
 *
 * @param what   what is waited for, as a person would say it
 * @param atMost how long
 * @param every  how often to look
 */
record Wait(String what, Duration atMost, Duration every) {

    /** Looks until the condition holds; throws a Failure with the diagnostic when it never does. */
    void until(
            World world, RegionName region, Condition condition, Supplier<String> seen, Supplier<Diagnostic> otherwise)
            throws InterruptedException {
        if (!holdsInTime(world, region, condition, seen)) {
            throw Failure.of(otherwise.get());
        }
    }

    /** Looks until the condition holds or the time is over; tells whether it holds. */
    boolean holdsInTime(World world, RegionName region, Condition condition) throws InterruptedException {
        return holdsInTime(world, region, condition, () -> "");
    }

    /** The same; says now and then what is seen meanwhile. */
    boolean holdsInTime(World world, RegionName region, Condition condition, Supplier<String> seen)
            throws InterruptedException {
        Stopwatch watch = Stopwatch.start(world.time());
        if (condition.holds()) {
            return true;
        }
        WaitNotice notice = WaitNotice.begin(world.events(), world.time(), Optional.of(region), what, atMost, watch);
        while (watch.elapsed().compareTo(atMost) < 0) {
            notice.still(seen.get());
            world.time().sleep(every);
            if (condition.holds()) {
                return true;
            }
        }
        return false;
    }

    /** Something that can be looked at. */
    @FunctionalInterface
    interface Condition {
        /** Looks. */
        boolean holds() throws InterruptedException;
    }
}
