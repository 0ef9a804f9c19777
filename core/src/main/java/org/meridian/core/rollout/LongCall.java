package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Tasks;

/**
 * A step that is one call and tells nothing until it returns: says meanwhile, if it lasts, what is waited for.
 *
 * @param world  where it is done
 * @param region the region that waits
 * @param what   what is waited for, as a person would say it
 * @param atMost how long it may take
 */
record LongCall(World world, RegionName region, String what, Duration atMost) {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    LongCall {
        requireNonNull(world, "world is null");
        requireNonNull(region, "region is null");
        requireNonNull(what, "what is null");
        requireNonNull(atMost, "atMost is null");
    }

    /** Makes it, again while nobody answers it and that is worth it; see {@link Patience#within}. */
    <T> T run(Patience.LimitedCall<T> call, Wait.Condition worthIt) throws InterruptedException {
        AtomicReference<String> seen = new AtomicReference<>("");
        WaitNotice notice = WaitNotice.quiet(world.events(), world.time(), Optional.of(region), what, atMost);
        Tasks.Background telling = world.tasks().start("telling of " + what, () -> tell(notice, seen));
        try {
            return world.patience().within(atMost, left -> remembering(seen, () -> call.run(left)), worthIt);
        } finally {
            telling.close();
        }
    }

    private void tell(WaitNotice notice, AtomicReference<String> seen) throws InterruptedException {
        while (true) {
            world.time().sleep(LOOK_EVERY);
            notice.still(requireNonNull(seen.get()));
        }
    }

    /** What keeps it is known from the last try that failed. */
    private static <T> T remembering(AtomicReference<String> seen, Patience.Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (Failure e) {
            seen.set(e.diagnostic().summary());
            throw e;
        }
    }
}
