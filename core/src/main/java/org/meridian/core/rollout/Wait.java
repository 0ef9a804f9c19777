package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
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
    void until(World world, RegionName region, Condition condition, Supplier<Diagnostic> otherwise)
            throws InterruptedException {
        if (!holdsInTime(world, region, condition)) {
            throw Failure.of(otherwise.get());
        }
    }

    /** Looks until the condition holds or the time is over; tells whether it holds. */
    boolean holdsInTime(World world, RegionName region, Condition condition) throws InterruptedException {
        if (condition.holds()) {
            return true;
        }
        world.events().emit(new RolloutEvent.Waiting(world.time().now(), Optional.of(region), what, atMost));
        Stopwatch watch = Stopwatch.start(world.time());
        while (watch.elapsed().compareTo(atMost) < 0) {
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
