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

    /**
     * Looks until the condition holds or the time is over; tells whether it holds. A look that nobody answers says neither
     * yes nor no; when the last one was such, its Failure is thrown.
     */
    boolean holdsInTime(World world, RegionName region, Condition condition) throws InterruptedException {
        return holdsInTime(world, region, condition, () -> "");
    }

    /** The same; says now and then what is seen meanwhile. */
    boolean holdsInTime(World world, RegionName region, Condition condition, Supplier<String> seen)
            throws InterruptedException {
        Stopwatch watch = Stopwatch.start(world.time());
        Looks looks = new Looks(condition);
        if (looks.hold()) {
            return true;
        }
        WaitNotice notice = WaitNotice.begin(world.events(), world.time(), Optional.of(region), what, atMost, watch);
        while (watch.elapsed().compareTo(atMost) < 0) {
            notice.still(looks.unanswered().orElseGet(seen));
            world.time().sleep(every);
            if (looks.hold()) {
                return true;
            }
        }
        looks.requireAnswered();
        return false;
    }

    /** Looks of one wait, the last of which may have got no answer. */
    private static final class Looks {
        private final Condition condition;
        private Optional<Failure> unanswered = Optional.empty();

        Looks(Condition condition) {
            this.condition = condition;
        }

        boolean hold() throws InterruptedException {
            try {
                boolean holds = condition.holds();
                unanswered = Optional.empty();
                return holds;
            } catch (Failure e) {
                if (!Patience.isMomentary(e)) {
                    throw e;
                }
                unanswered = Optional.of(e);
                return false;
            }
        }

        /** Why nothing is seen; empty where something is. */
        Optional<String> unanswered() {
            return unanswered.map(failure -> failure.diagnostic().summary());
        }

        void requireAnswered() {
            if (unanswered.isPresent()) {
                throw unanswered.get();
            }
        }
    }

    /** Something that can be looked at. */
    @FunctionalInterface
    interface Condition {
        /** Looks. */
        boolean holds() throws InterruptedException;
    }
}
