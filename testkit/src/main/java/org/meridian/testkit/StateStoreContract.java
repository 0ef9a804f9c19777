package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Serve;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;

/** What every state store must do. A store's test extends this and opens stores on one state that starts empty. */
public abstract class StateStoreContract {
    /** Somebody who takes the lock. */
    protected static final Holder ANN = new Holder("ann@laptop", "deploy", Instant.parse("2026-01-02T03:04:05Z"));

    private static final Holder BOB = new Holder("bob@ci", "rollback", Instant.parse("2026-01-02T03:04:06Z"));

    /** Another store on the state of this test, as another process would open it. */
    protected abstract StateStore open();

    @Test
    final void knows_nothing_at_first() {
        try (StateStore store = open()) {
            assertThat(store.releases()).isEmpty();
            assertThat(store.rollouts()).isEmpty();
            assertThat(store.receipts()).isEmpty();
            assertThat(store.holder()).isEmpty();
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

            store.clear(lock);
            store.clear(lock);

            assertThat(store.releases()).isEmpty();
            assertThat(store.rollouts()).isEmpty();
            assertThat(store.receipts()).isEmpty();
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

    private static void assertRefused(StateStore store, Lock old) {
        assertThatThrownBy(() -> store.save(old, release(9, "too late"))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store.save(old, rollout(9))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store.save(old, receipt(9))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store.clear(old)).isInstanceOf(Failure.class);
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
