package org.meridian.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meridian.testkit.StateSamples.ANN;
import static org.meridian.testkit.StateSamples.BOB;
import static org.meridian.testkit.StateSamples.acts;
import static org.meridian.testkit.StateSamples.inRollout;
import static org.meridian.testkit.StateSamples.intended;
import static org.meridian.testkit.StateSamples.receipt;
import static org.meridian.testkit.StateSamples.release;
import static org.meridian.testkit.StateSamples.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;

/** What the lock of every state store must do. */
abstract class StateLockContract {
    /** Ends with the command; has words of a person. */
    private static final Holder CAT =
            new Holder("cat@laptop", "deploy", Instant.parse("2026-01-02T03:04:07Z"), "the big sale", false);

    /** Stays until somebody releases it. */
    private static final Holder KEPT =
            new Holder("ann@laptop", "lock", Instant.parse("2026-01-02T03:04:08Z"), "freeze until Monday", true);

    /** Short enough to wait for in a test. */
    private static final Duration SHORT = Duration.ofMillis(1200);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Another store on the state of this test, as another process would open it, whose locks live this long. */
    protected abstract StateStore open(Duration lease);

    /** Another store on the state of this test, as another process would open it. */
    protected final StateStore open() {
        return open(StateStore.LEASE);
    }

    /** Keeps what the store says of the lock now; running the result says it again, as a restored backup does. */
    protected abstract Runnable backup() throws Exception;

    /** Lets a little of the store's time pass; for real stores, of real time. */
    protected void letTimePass() {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    @Test
    final void gives_the_lock_again_to_the_claim_that_took_it_and_whose_answer_was_lost() {
        String claim = UUID.randomUUID().toString();
        try (StateStore store = open()) {
            Lock first = store.lock(ANN, claim);
            Lock again = store.lock(ANN, claim);

            assertThat(again.token()).isEqualTo(first.token());
            again.renew();
            store.append(again, List.of(intended(again, 1)));
            assertThatThrownBy(() -> store.lock(ANN, UUID.randomUUID().toString()))
                    .as("another claim of the same person")
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED));
            again.close();
            again.close();
            assertThat(store.holder()).as("given back twice").isEmpty();
        }
    }

    @Test
    final void lets_somebody_else_in_when_the_lease_is_over() {
        try (StateStore first = open(SHORT);
                StateStore second = open(SHORT)) {
            Lock old = first.lock(ANN);
            first.append(old, acts(old));

            try (Lock next = lockOnceFree(second, BOB)) {
                assertThat(next.token()).isGreaterThan(old.token());
                assertThat(first.holder()).contains(BOB);
                assertThatThrownBy(old::renew).satisfies(StateLockContract::isLost);
                assertRefused(first, old);
                assertThat(second.journal(1)).containsExactlyElementsOf(acts(old));
                second.append(next, acts(next));
                assertRefused(first, old);
                old.close();
                assertThat(first.holder()).contains(BOB);
                assertThat(second.journal(1)).hasSize(6);
            }
        }
    }

    @Test
    final void says_that_nobody_has_a_lock_whose_lease_is_over() {
        try (StateStore first = open(SHORT);
                StateStore second = open(SHORT)) {
            Lock lock = first.lock(ANN);
            assertThat(second.holder()).contains(ANN);

            await(() -> second.holder().isEmpty());

            // Nobody has taken it, so nothing is lost yet.
            lock.renew();
            assertThat(second.holder()).contains(ANN);
            first.save(lock, release(1, "still mine"));
        }
    }

    @Test
    final void keeps_a_lock_that_is_renewed() {
        try (StateStore first = open(SHORT);
                StateStore second = open(SHORT);
                Lock lock = first.lock(ANN)) {
            Instant twice = Instant.now().plus(SHORT.multipliedBy(3));
            await(() -> {
                lock.renew();
                assertThat(second.holder()).contains(ANN);
                return Instant.now().isAfter(twice);
            });
        }
    }

    @Test
    final void takes_the_lock_away_from_whoever_has_it() {
        try (StateStore first = open();
                StateStore second = open()) {
            Lock old = first.lock(CAT);
            first.append(old, acts(old));

            assertThat(second.release()).contains(CAT);

            assertThat(first.holder()).isEmpty();
            assertRefused(first, old);
            assertThatThrownBy(old::renew).satisfies(StateLockContract::isLost);
            assertThat(second.release()).isEmpty();
            try (Lock next = second.lock(BOB)) {
                assertThat(next.token()).isGreaterThan(old.token());
                assertRefused(first, old);
                assertThat(second.journal(1)).containsExactlyElementsOf(acts(old));
            }
        }
    }

    @Test
    final void keeps_a_kept_lock_beyond_its_lease_until_it_is_released() {
        try (StateStore first = open(SHORT)) {
            Lock unused = first.lock(KEPT);
        }
        try (StateStore second = open(SHORT)) {
            Instant later = Instant.now().plus(SHORT.multipliedBy(3));
            await(() -> {
                assertThat(second.holder()).contains(KEPT);
                return Instant.now().isAfter(later);
            });
            assertThatThrownBy(() -> second.lock(BOB))
                    .hasMessageContaining("ann@laptop")
                    .hasMessageContaining("freeze until Monday");

            assertThat(second.release()).contains(KEPT);
            second.lock(BOB).close();
        }
    }

    @Test
    final void tells_who_has_the_lock_since_when_why_and_what_to_do() {
        try (StateStore first = open();
                StateStore second = open();
                Lock lock = first.lock(CAT)) {
            Failure failure = catchThrowableOfType(Failure.class, () -> second.lock(BOB));

            assertThat(failure).hasMessageContainingAll("cat@laptop", "deploy", "2026-01-02T03:04:07Z", "the big sale");
            assertThat(failure.diagnostic().suggestion()).contains("--wait-for-lock 10m", "meridian lock release");
            assertThat(lock.token()).isPositive();
        }
    }

    @Test
    final void lets_one_of_many_stores_win() {
        List<Boolean> won = together(Collections.nCopies(6, this::wins));

        assertThat(won).containsOnlyOnce(true);
    }

    /** Takes the lock without ever giving it back. */
    private boolean wins() {
        try (StateStore store = open()) {
            return store.lock(ANN).token() > 0;
        } catch (Failure e) {
            assertThat(e.kind()).as(e::toString).isEqualTo(Failure.Kind.LOCKED);
            return false;
        }
    }

    @Test
    final void lets_one_act_at_a_time_and_tells_who() {
        try (StateStore first = open();
                StateStore second = open();
                Lock lock = first.lock(ANN)) {
            assertThat(second.holder()).contains(ANN);

            Failure failure = catchThrowableOfType(Failure.class, () -> second.lock(BOB));

            assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED);
            assertThat(failure).hasMessageContaining("ann@laptop").hasMessageContaining("deploy");
            first.save(lock, release(1, "the winner can still write"));
        }
    }

    @Test
    final void gives_the_lock_to_the_next_once_it_is_free() {
        try (StateStore first = open();
                StateStore second = open()) {
            first.lock(ANN).close();
            assertThat(second.holder()).isEmpty();
            try (Lock lock = second.lock(BOB)) {
                assertThat(first.holder()).contains(BOB);
                second.save(lock, rollout(1));
            }
        }
    }

    @Test
    final void gives_each_lock_a_greater_token() {
        long last = 0;
        for (int i = 0; i < 3; i++) {
            try (StateStore store = open();
                    Lock lock = store.lock(ANN)) {
                assertThat(lock.token()).isGreaterThan(last);
                last = lock.token();
            }
        }
    }

    @Test
    final void refuses_a_lock_whose_number_somebody_else_got_from_a_restored_backup() throws Exception {
        try (StateStore first = open();
                StateStore second = open()) {
            first.lock(CAT).close();
            Runnable backup = backup();
            Lock old = first.lock(ANN);
            first.append(old, acts(old));
            backup.run();

            try (Lock next = second.lock(BOB)) {
                assertThat(next.token()).as("the number came again").isEqualTo(old.token());
                assertThat(next.claim()).isNotEqualTo(old.claim());
                assertRefused(first, old);
                assertThatThrownBy(old::renew).satisfies(StateLockContract::isLost);
                old.close();
                assertThat(second.holder())
                        .as("the other's lock was not released")
                        .contains(BOB);

                second.save(next, release(1, "current"));
                second.append(next, List.of(inRollout(3, intended(next, 1))));
                next.renew();
                assertThat(second.releases()).containsExactly(release(1, "current"));
                assertThat(second.journal(3)).containsExactly(inRollout(3, intended(next, 1)));
            }
        }
    }

    @Test
    final void has_an_identity_from_the_first_lock_on_that_stays() {
        StoreIdentity made;
        try (StateStore store = open()) {
            assertThat(store.identity()).isEmpty();
            try (Lock lock = store.lock(ANN)) {
                made = store.identity().orElseThrow();
                assertThat(made.mark().maker()).isEqualTo("ann@laptop");
                store.clear(lock);
            }
        }
        try (StateStore store = open();
                Lock lock = store.lock(BOB)) {
            assertThat(store.identity()).contains(made);

            StoreIdentity more = made.adopting(UUID.randomUUID());
            store.save(lock, more);

            assertThat(store.identity()).contains(more);
        }
    }

    @Test
    final void refuses_writes_with_a_lock_that_is_over() {
        try (StateStore store = open()) {
            Lock old = store.lock(ANN);
            old.close();
            assertRefused(store, old);
            try (Lock current = store.lock(BOB)) {
                assertRefused(store, old);
                store.save(current, release(1, "current"));
            }
            assertThat(store.releases()).containsExactly(release(1, "current"));
        }
    }

    @Test
    final void lets_a_lock_be_closed_twice() {
        try (StateStore store = open()) {
            Lock lock = store.lock(ANN);
            lock.close();
            try (Lock next = store.lock(BOB)) {
                lock.close();
                store.save(next, release(1, "still mine"));
            }
        }
    }

    private static void assertRefused(StateStore store, Lock old) {
        assertThatThrownBy(() -> store.save(old, release(9, "too late"))).satisfies(StateLockContract::isLost);
        assertThatThrownBy(() -> store.save(old, rollout(9))).satisfies(StateLockContract::isLost);
        assertThatThrownBy(() -> store.save(old, receipt(9))).satisfies(StateLockContract::isLost);
        StoreIdentity identity = store.identity().orElseThrow();
        assertThatThrownBy(() -> store.save(old, identity)).satisfies(StateLockContract::isLost);
        assertThatThrownBy(() -> store.append(old, List.of(intended(old, 99)))).satisfies(StateLockContract::isLost);
        assertThatThrownBy(() -> store.clear(old)).satisfies(StateLockContract::isLost);
    }

    private static void isLost(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo(StateStore.LOCK_LOST));
    }

    private Lock lockOnceFree(StateStore store, Holder holder) {
        AtomicReference<@Nullable Lock> taken = new AtomicReference<>();
        await(() -> {
            try {
                taken.set(store.lock(holder));
                return true;
            } catch (Failure e) {
                assertThat(e.kind()).isEqualTo(Failure.Kind.LOCKED);
                return false;
            }
        });
        return requireNonNull(taken.get());
    }

    private void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("it should have come true by now").isBefore(deadline);
            letTimePass();
        }
    }

    static <T> List<T> together(List<Callable<T>> tasks) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> task : threads.invokeAll(tasks)) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
