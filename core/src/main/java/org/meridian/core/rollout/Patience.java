package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;

/**
 * Tells what fails for a moment from what is so, and tries again: one slow answer is no failure.
 *
 * <p>What nobody answered ({@link Failure.Kind#NO_ANSWER}) is tried again, which every call of the ports allows, for as long
 * as the step may take. A refusal is an answer: it is tried again only where nothing is lost by that, in looking at the
 * world during a rollout and in putting things back. Never tried again are a lock that is lost, a mistake in the
 * configuration, and a store for which the ledger has waited already.
 */
public final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Time time;
    private final Supplier<Direction> direction;
    private final Runnable stillAllowed;

    /** Of work that goes where {@code direction} says by then; tries again only if {@code stillAllowed} does not throw. */
    Patience(Time time, Supplier<Direction> direction, Runnable stillAllowed) {
        this.time = requireNonNull(time, "time is null");
        this.direction = requireNonNull(direction, "direction is null");
        this.stillAllowed = requireNonNull(stillAllowed, "stillAllowed is null");
    }

    /** Of a command that has not begun to act. */
    public static Patience beforeActing(Time time) {
        return new Patience(time, () -> Direction.NOT_BEGUN, () -> {});
    }

    /** The same, for no longer than a command waits that has not begun to act. */
    Patience briefly() {
        return new Patience(time, () -> Direction.NOT_BEGUN, stillAllowed);
    }

    /** Tries until it is answered. */
    public <T> T retry(Call<T> call) throws InterruptedException {
        return tries(call, Patience::isMomentary, failure -> {});
    }

    /** The same; says from the first failure on that it waits for {@code what}, and what it sees meanwhile. */
    <T> T retry(EventSink events, Optional<RegionName> region, String what, Call<T> call) throws InterruptedException {
        AtomicReference<@Nullable WaitNotice> notice = new AtomicReference<>();
        return tries(call, Patience::isMomentary, failure -> {
            WaitNotice told = notice.get();
            String seen =
                    failure.diagnostics().stream().map(Diagnostic::summary).collect(Collectors.joining("; "));
            if (told == null) {
                notice.set(WaitNotice.seeing(
                        seen, events, time, region, what, direction.get().atMost()));
            } else {
                told.still(seen);
            }
        });
    }

    /** Looks at the world until there is an answer that can be used. */
    <T> T look(Call<T> call) throws InterruptedException {
        return tries(call, Patience::mayHelp, failure -> {});
    }

    /** Changes the world until it is answered; when that puts something back, until it is done. */
    void act(Work work) throws InterruptedException {
        boolean ignored = result(() -> {
            work.run();
            return true;
        });
    }

    /** The same of a change that tells something. */
    <T> T result(Call<T> change) throws InterruptedException {
        return tries(
                change,
                failure -> switch (direction.get()) {
                    case NOT_BEGUN, FORWARD -> isMomentary(failure);
                    case BACK -> mayHelp(failure);
                },
                failure -> {});
    }

    /**
     * Tries until it is answered, within a limit of the step's own, of which the call is told what is left.
     *
     * @param worthIt looked at before it is tried again
     */
    <T> T within(Duration limit, LimitedCall<T> call, Wait.Condition worthIt) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        Duration pause = FIRST_PAUSE;
        Duration left = limit;
        while (true) {
            try {
                return call.run(left);
            } catch (Failure e) {
                left = limit.minus(watch.elapsed()).minus(pause);
                if (!isMomentary(e) || !left.isPositive() || !worthIt.holds()) {
                    throw e;
                }
            }
            pause = rest(pause);
        }
    }

    /** At least twice, however long the first answer took. */
    private <T> T tries(Call<T> call, Predicate<Failure> again, Consumer<Failure> watcher) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        Duration pause = FIRST_PAUSE;
        for (int times = 1; ; times++) {
            try {
                return call.run();
            } catch (Failure e) {
                boolean over = watch.elapsed().compareTo(direction.get().atMost()) >= 0;
                if (!again.test(e) || (over && times > 1)) {
                    throw e;
                }
                watcher.accept(e);
            }
            pause = rest(pause);
        }
    }

    private Duration rest(Duration pause) throws InterruptedException {
        time.sleep(pause);
        stillAllowed.run();
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Whether a failure says neither yes nor no. */
    static boolean isMomentary(Failure failure) {
        return failure.kind() == Failure.Kind.NO_ANSWER && mayHelp(failure);
    }

    private static boolean mayHelp(Failure failure) {
        boolean outside =
                switch (failure.kind()) {
                    case FAILED, NO_ANSWER -> true;
                    case NEEDS_PERSON, USAGE, LOCKED -> false;
                };
        return outside && !failure.diagnostic().code().equals(StateStore.UNREACHABLE);
    }

    /** Where a rollout goes. */
    enum Direction {
        /** Nowhere yet: a person waits for an answer, and nothing is lost by giving up. */
        NOT_BEGUN(Duration.ofSeconds(30)),
        /** To what is wanted. Turning back is possible. */
        FORWARD(Duration.ofMinutes(1)),
        /** To what was, or to an end: nothing is gained by giving that up. */
        BACK(Duration.ofMinutes(5));

        private final Duration atMost;

        Direction(Duration atMost) {
            this.atMost = atMost;
        }

        /** How long what has no limit of its own is tried again. */
        Duration atMost() {
            return atMost;
        }
    }

    /** A call to the outside. */
    @FunctionalInterface
    public interface Call<T> {
        /** Makes it. */
        T run() throws InterruptedException;
    }

    /** A call that changes something. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** A call that may take so long. */
    @FunctionalInterface
    interface LimitedCall<T> {
        T run(Duration atMost) throws InterruptedException;
    }
}
