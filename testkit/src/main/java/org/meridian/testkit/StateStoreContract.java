package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.StateSamples.ANN;
import static org.meridian.testkit.StateSamples.BOB;
import static org.meridian.testkit.StateSamples.acts;
import static org.meridian.testkit.StateSamples.answer;
import static org.meridian.testkit.StateSamples.audited;
import static org.meridian.testkit.StateSamples.intended;
import static org.meridian.testkit.StateSamples.receipt;
import static org.meridian.testkit.StateSamples.release;
import static org.meridian.testkit.StateSamples.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.KeyRotation.Phase;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;

/** What every state store must do. A store's test extends this and opens stores on one state that starts empty. */
public abstract class StateStoreContract extends StateJournalContract {
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
            assertThat(store.audit(9)).isEmpty();
            assertThat(store.hostKey("lab-1")).isEmpty();
            assertThat(store.keyRotation()).isEmpty();
            store.forgetHostKey("lab-1");
        }
    }

    @Test
    final void a_host_key_that_one_deployer_pinned_is_trusted_by_the_others() {
        HostKeyPin own = HostKeyPin.of("[10.0.0.5]:2222", "ssh-ed25519 AAAA");
        HostKeyPin made = new HostKeyPin("journal-eu-r1-1", "ssh-ed25519 BBBB", Optional.of("ssh-ed25519 CCCC"));
        try (StateStore store = open()) {
            store.save(own);
            store.save(made);
            store.save(own);
        }
        try (StateStore other = open()) {
            assertThat(other.hostKey(own.machine())).contains(own);
            assertThat(other.hostKey(made.machine())).contains(made);
            assertThat(other.hostKey("10.0.0.5")).isEmpty();

            HostKeyPin changed = HostKeyPin.of(own.machine(), "ssh-ed25519 DDDD");
            other.save(changed);
            assertThat(other.hostKey(own.machine())).contains(changed);
            other.forgetHostKey(own.machine());
            assertThat(other.hostKey(own.machine())).isEmpty();
            assertThat(other.hostKey(made.machine())).contains(made);
        }
    }

    @Test
    final void pins_a_host_key_while_somebody_has_the_lock_and_forgets_it_with_the_app() {
        HostKeyPin pin = HostKeyPin.of("lab-1", "ssh-ed25519 AAAA");
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            try (StateStore other = open()) {
                other.save(pin);
            }
            assertThat(store.hostKey("lab-1")).contains(pin);
            store.clear(lock);
            assertThat(store.hostKey("lab-1")).isEmpty();
        }
    }

    @Test
    final void remembers_how_far_the_rotation_of_the_key_is_until_the_app_is_forgotten() {
        KeyRotation adding =
                new KeyRotation("ssh-ed25519 AAAA", "ssh-ed25519 BBBB", Phase.ADDING, "ann@laptop", Instant.EPOCH);
        Lock former;
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            former = lock;
            store.save(lock, adding);
            assertThat(store.keyRotation()).contains(adding);
            store.save(lock, adding.in(Phase.REMOVING));
        }
        try (StateStore store = open();
                Lock lock = store.lock(BOB)) {
            assertThat(store.keyRotation()).contains(adding.in(Phase.REMOVING));
            assertThatThrownBy(() -> store.save(former, adding)).isInstanceOf(Failure.class);
            store.save(lock, release(1, "v1"));
            store.save(lock, rollout(1));
            store.save(lock, receipt(1));
            assertThat(store.keyRotation()).contains(adding.in(Phase.REMOVING));
            store.clear(lock);
            assertThat(store.keyRotation()).isEmpty();
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
            store.audit(audited(1));

            store.clear(lock);
            store.clear(lock);

            assertThat(store.releases()).isEmpty();
            assertThat(store.rollouts()).isEmpty();
            assertThat(store.receipts()).isEmpty();
            assertThat(store.journal(1)).isEmpty();
            assertThat(store.answer(1)).isEmpty();
            assertThat(store.audit(9)).as("who cleared it is asked afterwards").containsExactly(audited(1));

            store.append(lock, List.of(intended(lock, 2)));
            assertThat(store.journal(1)).containsExactly(intended(lock, 2));
        }
        try (StateStore store = open();
                Lock next = store.lock(BOB)) {
            assertThat(next.token()).as("tokens go on growing").isGreaterThan(1);
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
    final void keeps_the_audit_log_newest_first_without_a_lock() {
        try (StateStore store = open();
                StateStore other = open()) {
            store.audit(audited(2));
            other.audit(audited(1));
            other.audit(audited(3));
            store.audit(audited(2));

            assertThat(store.audit(9)).containsExactly(audited(3), audited(2), audited(1));
            assertThat(other.audit(2)).containsExactly(audited(3), audited(2));
            assertThat(other.audit(0)).isEmpty();
        }
    }

    @Test
    final void loses_nothing_of_an_audit_log_that_many_write_at_the_same_time() {
        try (StateStore store = open()) {
            together(IntStream.rangeClosed(1, 40)
                    .<Callable<Boolean>>mapToObj(n -> () -> {
                        store.audit(audited(n));
                        return true;
                    })
                    .toList());

            assertThat(store.audit(100)).hasSize(40).startsWith(audited(40)).endsWith(audited(1));
        }
    }
}
