package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.rollout.WaitNotice;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.Time;

/** Takes the lock, waiting for whoever has it. The one who asks first does not always get it first. */
final class LockQueue {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final StateStore state;
    private final Time time;
    private final EventSink events;
    private final Duration atMost;

    /** Waits at most so long; zero asks once. */
    LockQueue(StateStore state, Time time, EventSink events, Duration atMost) {
        this.state = requireNonNull(state, "state is null");
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
        this.atMost = requireNonNull(atMost, "atMost is null");
    }

    /**
     * Takes it; throws a Failure of kind LOCKED that names the holder when the time is over.
     *
     * @param asHolder who takes it, given the instant of each attempt
     */
    StateStore.Lock take(Function<Instant, Holder> asHolder) throws InterruptedException {
        long start = time.nanos();
        Optional<Told> told = Optional.empty();
        while (true) {
            try {
                return state.lock(asHolder.apply(time.now()));
            } catch (Failure e) {
                Duration left = atMost.minusNanos(time.nanos() - start);
                if (e.kind() != Failure.Kind.LOCKED) {
                    throw e;
                }
                if (!left.isPositive()) {
                    throw refused(e);
                }
                // Whole seconds, for people.
                told = tell(told, left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
                time.sleep(left.compareTo(BETWEEN) < 0 ? left : BETWEEN);
            }
        }
    }

    /** Says whom we wait for: at once when it is another, and then now and then. */
    private Optional<Told> tell(Optional<Told> told, Duration left) {
        Optional<Holder> holder = state.holder();
        if (holder.isEmpty()) {
            return told;
        }
        if (told.isPresent() && told.get().holder().equals(holder.get())) {
            told.get().notice().still("");
            return told;
        }
        String what = "the lock of " + Locks.words(holder.get());
        return Optional.of(new Told(holder.get(), WaitNotice.begin(events, time, Optional.empty(), what, left)));
    }

    private Failure refused(Failure last) {
        String waited = atMost.isZero() ? "" : " after a wait of " + Durations.spoken(atMost);
        return state.holder()
                .map(holder -> Failure.locked(Diagnostic.of(
                        "locked", "somebody else is at work" + waited + ": " + Locks.words(holder), next(holder))))
                .orElse(last);
    }

    private static String next(Holder holder) {
        return holder.kept()
                ? "Ask them to run 'meridian lock release', or run it yourself; it says whose lock it takes away."
                : "Wait until it has ended: --wait-for-lock 10m does that for you."
                        + " A lock whose process is gone goes by itself.";
    }

    /** For whom we wait, and what says so. */
    private record Told(Holder holder, WaitNotice notice) {}
}
