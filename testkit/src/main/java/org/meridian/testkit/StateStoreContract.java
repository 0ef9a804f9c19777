package org.meridian.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Act;
import org.meridian.core.model.Answer;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Serve;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;

/** What every state store must do. A store's test extends this and opens stores on one state that starts empty. */
public abstract class StateStoreContract {
    /** Somebody who takes the lock. */
    protected static final Holder ANN = new Holder("ann@laptop", "deploy", Instant.parse("2026-01-02T03:04:05Z"));

    private static final Holder BOB = new Holder("bob@ci", "rollback", Instant.parse("2026-01-02T03:04:06Z"));

    /** Ends with the command; has words of a person. */
    private static final Holder CAT =
            new Holder("cat@laptop", "deploy", Instant.parse("2026-01-02T03:04:07Z"), "the big sale", false);

    /** Stays until somebody releases it. */
    private static final Holder KEPT =
            new Holder("ann@laptop", "lock", Instant.parse("2026-01-02T03:04:08Z"), "freeze until Monday", true);

    /** Short enough to wait for in a test. */
    private static final Duration SHORT = Duration.ofMillis(1200);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Another store on the state of this test, as another process would open it, whose locks live this long. */
    protected abstract StateStore open(Duration lease);

    /** Another store on the state of this test, as another process would open it. */
    protected final StateStore open() {
        return open(StateStore.LEASE);
    }

    /** Lets a little of the store's time pass; for real stores, of real time. */
    protected void letTimePass() {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    @Test
    final void knows_nothing_at_first() {
        try (StateStore store = open()) {
            assertThat(store.releases()).isEmpty();
            assertThat(store.rollouts()).isEmpty();
            assertThat(store.receipts()).isEmpty();
            assertThat(store.holder()).isEmpty();
            assertThat(store.release()).isEmpty();
            assertThat(store.journal(1)).isEmpty();
            assertThat(store.answer(1)).isEmpty();
        }
    }

    @Test
    final void remembers_releases_oldest_first() {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(2, "journal:v2"));
            store.save(lock, release(10, "journal:v10"));
            store.save(lock, release(1, "journal:v1"));
        }
        try (StateStore store = open()) {
            assertThat(store.releases())
                    .containsExactly(release(1, "journal:v1"), release(2, "journal:v2"), release(10, "journal:v10"));
        }
    }

    @Test
    final void replaces_the_release_with_the_same_number() {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "before"));
            store.save(lock, release(1, "after"));

            assertThat(store.releases()).containsExactly(release(1, "after"));
        }
    }

    @Test
    final void remembers_rollouts_and_how_they_ended() {
        RolloutRecord first = rollout(1);
        RolloutRecord second = rollout(2);
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, second);
            store.save(lock, first);
            store.save(lock, first.ended(RolloutRecord.Outcome.DONE, Optional.of(Instant.EPOCH)));
        }
        try (StateStore store = open()) {
            assertThat(store.rollouts())
                    .containsExactly(first.ended(RolloutRecord.Outcome.DONE, Optional.of(Instant.EPOCH)), second);
        }
    }

    @Test
    final void keeps_receipts_oldest_first() {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, receipt(10));
            store.save(lock, receipt(2));
            store.save(lock, receipt(10));
        }
        try (StateStore store = open()) {
            assertThat(store.receipts()).containsExactly(receipt(2), receipt(10));
        }
    }

    @Test
    final void forgets_everything_when_told_to() {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "journal:v1"));
            store.save(lock, rollout(1));
            store.save(lock, receipt(1));
            store.append(lock, List.of(intended(lock, 1)));
            store.save(answer(1, Answer.Verdict.ABORT));

            store.clear(lock);
            store.clear(lock);

            assertThat(store.releases()).isEmpty();
            assertThat(store.rollouts()).isEmpty();
            assertThat(store.receipts()).isEmpty();
            assertThat(store.journal(1)).isEmpty();
            assertThat(store.answer(1)).isEmpty();

            store.append(lock, List.of(intended(lock, 2)));
            assertThat(store.journal(1)).containsExactly(intended(lock, 2));
        }
        try (StateStore store = open();
                Lock next = store.lock(BOB)) {
            assertThat(next.token()).as("tokens go on growing").isGreaterThan(1);
        }
    }

    @Test
    final void keeps_the_journal_of_each_rollout_in_the_order_of_writing() {
        try (StateStore store = open()) {
            List<JournalEntry> written = new ArrayList<>();
            for (int run = 0; run < 2; run++) {
                try (Lock lock = store.lock(ANN)) {
                    written.addAll(acts(lock));
                    store.append(lock, acts(lock).subList(0, 1));
                    store.append(lock, acts(lock).subList(1, 3));
                    store.append(lock, List.of(inRollout(7, intended(lock, 1))));
                    store.append(lock, List.of());
                    assertThat(store.journal(1)).containsExactlyElementsOf(written);
                }
            }
            assertThat(store.journal(1)).containsExactlyElementsOf(written);
            assertThat(store.journal(7)).hasSize(2);
            assertThat(store.journal(2)).isEmpty();
        }
        try (StateStore store = open()) {
            assertThat(store.journal(1)).hasSize(6);
            assertThat(store.journal(7)).hasSize(2);
        }
    }

    @Test
    final void adds_an_entry_to_the_journal_once_however_often_it_is_written() {
        try (StateStore store = open()) {
            List<JournalEntry> first;
            try (Lock lock = store.lock(ANN)) {
                first = acts(lock);
                store.append(lock, first);
                store.append(lock, first);
                store.append(lock, first.subList(1, 3));
                assertThat(store.journal(1)).containsExactlyElementsOf(first);
            }
            try (Lock lock = store.lock(BOB)) {
                store.append(lock, first.subList(2, 3));
                store.append(lock, List.of(intended(lock, 1)));
                assertThat(store.journal(1))
                        .startsWith(first.toArray(JournalEntry[]::new))
                        .hasSize(4);
            }
        }
    }

    @Test
    final void loses_nothing_of_a_journal_that_many_write_at_the_same_time() {
        int writers = 60;
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            together(IntStream.rangeClosed(1, writers)
                    .<Callable<Boolean>>mapToObj(n -> () -> {
                        store.append(lock, List.of(intended(lock, n)));
                        store.append(lock, List.of(done(intended(lock, n))));
                        return true;
                    })
                    .toList());
            List<JournalEntry> journal = store.journal(1);

            assertThat(journal).hasSize(2 * writers).doesNotHaveDuplicates();
            for (int n = 1; n <= writers; n++) {
                JournalEntry intent = intended(lock, n);
                assertThat(journal).containsSubsequence(intent, done(intent));
            }
        }
    }

    @Test
    final void takes_many_entries_at_once() {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            List<JournalEntry> many = IntStream.rangeClosed(1, 2500)
                    .mapToObj(n -> intended(lock, n))
                    .toList();
            store.append(lock, many);

            assertThat(store.journal(1)).containsExactlyElementsOf(many);
        }
    }

    @Test
    final void carries_answers_from_one_store_to_another_without_a_lock() {
        try (StateStore deployer = open();
                StateStore person = open();
                Lock lock = deployer.lock(ANN)) {
            assertThat(deployer.answer(1)).isEmpty();

            person.save(answer(1, Answer.Verdict.PROMOTE));
            person.save(answer(2, Answer.Verdict.PROMOTE));
            assertThat(deployer.answer(1)).contains(answer(1, Answer.Verdict.PROMOTE));

            person.save(answer(1, Answer.Verdict.ABORT));
            assertThat(deployer.answer(1)).contains(answer(1, Answer.Verdict.ABORT));
            assertThat(deployer.answer(2)).contains(answer(2, Answer.Verdict.PROMOTE));
            deployer.append(lock, acts(lock));
            lock.renew();
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
                assertThatThrownBy(old::renew).satisfies(StateStoreContract::isLost);
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
            assertThatThrownBy(old::renew).satisfies(StateStoreContract::isLost);
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

    private static <T> List<T> together(List<Callable<T>> tasks) {
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

    private static void assertRefused(StateStore store, Lock old) {
        assertThatThrownBy(() -> store.save(old, release(9, "too late"))).satisfies(StateStoreContract::isLost);
        assertThatThrownBy(() -> store.save(old, rollout(9))).satisfies(StateStoreContract::isLost);
        assertThatThrownBy(() -> store.save(old, receipt(9))).satisfies(StateStoreContract::isLost);
        assertThatThrownBy(() -> store.append(old, List.of(intended(old, 99)))).satisfies(StateStoreContract::isLost);
        assertThatThrownBy(() -> store.clear(old)).satisfies(StateStoreContract::isLost);
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

    /** An act's entries as one run writes them. */
    private static List<JournalEntry> acts(Lock lock) {
        JournalEntry failed = intended(lock, 2);
        return List.of(
                intended(lock, 1),
                done(intended(lock, 1)),
                new JournalEntry(
                        failed.rollout(),
                        failed.number(),
                        failed.token(),
                        failed.at(),
                        failed.act(),
                        JournalEntry.State.FAILED,
                        Optional.of("it said: \"no\"\n")));
    }

    /** An intent of rollout 1. */
    protected static JournalEntry intended(Lock lock, int number) {
        Act act = new Act(
                Act.Kind.START,
                Optional.of(new RegionName("eu-west")),
                Optional.of(new ServerName("journal-eu-west-r2-1")),
                "weights 10 to 50");
        Instant at = Instant.parse("2026-01-02T03:04:05.000000006Z").plusSeconds(number);
        return new JournalEntry(1, number, lock.token(), at, act, JournalEntry.State.INTENDED, Optional.empty());
    }

    private static JournalEntry done(JournalEntry intent) {
        return new JournalEntry(
                intent.rollout(),
                intent.number(),
                intent.token(),
                intent.at().plusMillis(5),
                intent.act(),
                JournalEntry.State.DONE,
                Optional.empty());
    }

    private static JournalEntry inRollout(int rollout, JournalEntry entry) {
        return new JournalEntry(
                rollout, entry.number(), entry.token(), entry.at(), entry.act(), entry.state(), entry.problem());
    }

    private static Answer answer(int rollout, Answer.Verdict verdict) {
        return new Answer(rollout, verdict, "ann@laptop", Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** A release with something in every part. */
    protected static Release release(int number, String label) {
        RegionName region = new RegionName("eu-west");
        HealthCheck health =
                new HealthCheck("/up", Duration.ofMillis(1500), Duration.ofSeconds(2), 2, Duration.ofSeconds(90));
        Release.Content content = new Release.Content(
                "services: {web: {image: \"x\"}}\n",
                Map.of("web", ImageReference.parse("registry.example.com:5000/team/journal@sha256:" + "a1".repeat(32))),
                List.of("web"),
                new Serve("web", 3000, 80, health),
                Optional.of(List.of("rake", "db:migrate", "two words")),
                Map.of(region, Map.of("GREETING", "Grüße \"$x\"\n")),
                Map.of(region, List.of("env-file:eu.env@0123456789ab")),
                Map.of(region, 2));
        return new Release(
                new ReleaseId(number), "0123456789ab", Instant.parse("2026-01-02T03:04:05.678Z"), label, content);
    }

    /** A rollout under way. */
    protected static RolloutRecord rollout(int number) {
        return new RolloutRecord(
                number,
                RolloutRecord.Kind.DEPLOY,
                Optional.of(new ReleaseId(1)),
                new ReleaseId(2),
                List.of(new RegionName("us-west"), new RegionName("eu-west")),
                RolloutRecord.Outcome.RUNNING,
                Instant.parse("2026-01-02T03:04:05Z"),
                Optional.empty());
    }

    /** A receipt of a deploy. */
    protected static Receipt receipt(int rollout) {
        return new Receipt(
                rollout,
                Receipt.Outcome.DEPLOYED,
                new ReleaseId(2),
                Optional.of(new ReleaseId(1)),
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of(new Receipt.RegionReceipt(
                        new RegionName("eu-west"), 2, Duration.ofMillis(8123), Duration.ofSeconds(5))),
                new Receipt.ProbeReceipt(
                        100, 0, Duration.ofMillis(3), Duration.ofNanos(12_345_678), Duration.ofMillis(40)),
                Duration.ofSeconds(21));
    }
}
