package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;

class LedgerTest {
    private static final Act ACT = new Act(Act.Kind.DRAIN, Optional.empty(), Optional.empty(), "");

    private final ManualTime time = new ManualTime();
    private final FragileStore store = new FragileStore();
    private final List<RolloutEvent> events = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private Lease lease;
    private Ledger ledger;

    @BeforeEach
    void hold() throws InterruptedException {
        lease = Lease.hold(() -> store.lock(new Holder("ann@laptop", "deploy", Instant.EPOCH)), time, time);
        ledger = new Ledger(store, lease, 3, time, events::add);
    }

    @Test
    void writes_the_intent_before_the_act_and_its_outcome_after() throws Exception {
        ledger.act(ACT, () -> assertThat(store.journal)
                .singleElement()
                .returns(State.INTENDED, JournalEntry::state)
                .returns(7L, JournalEntry::token)
                .returns(3, JournalEntry::rollout));

        assertThat(store.journal).extracting(JournalEntry::state).containsExactly(State.INTENDED, State.DONE);
        assertThat(store.journal).extracting(JournalEntry::number).containsExactly(1, 1);
    }

    @Test
    void writes_down_why_an_act_failed_and_fails_with_it() {
        assertThatThrownBy(() -> ledger.act(ACT, () -> {
                    throw Failure.of(Diagnostic.of("broken", "the edge is broken", "Fix it."));
                }))
                .hasMessage("the edge is broken");

        assertThat(store.journal.getLast().state()).isEqualTo(State.FAILED);
        assertThat(store.journal.getLast().problem()).contains("the edge is broken");
    }

    @Test
    void does_nothing_that_it_could_not_write_down() {
        store.fails(StateStore.UNREACHABLE);

        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("act"))).hasMessageContaining(StateStore.UNREACHABLE);
        assertThat(done).isEmpty();
        assertThat(time.nanos())
                .as("it was patient")
                .isGreaterThan(Duration.ofSeconds(4).toNanos());
    }

    @Test
    void finishes_without_the_store_and_makes_up_for_the_journal_when_it_answers() throws Exception {
        ledger.goOnWithoutStore();
        store.fails(StateStore.UNREACHABLE);
        ledger.act(ACT, () -> done.add("first"));
        ledger.act(ACT, () -> done.add("second"));
        assertThat(done).containsExactly("first", "second");
        assertThat(events)
                .filteredOn(RolloutEvent.Note.class::isInstance)
                .as("said once")
                .hasSize(1);
        assertThat(store.journal).isEmpty();

        store.works();
        time.runBackground(StateStore.LEASE.dividedBy(2));
        ledger.act(ACT, () -> done.add("third"));

        assertThat(store.journal).extracting(JournalEntry::number).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test
    void loses_no_time_with_a_store_that_is_known_not_to_answer() throws Exception {
        store.fails(StateStore.UNREACHABLE);
        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("forward"))).isInstanceOf(Failure.class);
        int asked = store.appends;
        long begun = time.nanos();

        ledger.goOnWithoutStore();
        ledger.act(ACT, () -> done.add("back"));

        assertThat(done).containsExactly("back");
        assertThat(store.appends).isEqualTo(asked);
        assertThat(time.nanos()).isEqualTo(begun);
    }

    @Test
    void makes_up_for_the_journal_at_the_end_when_the_store_answers_again() throws Exception {
        ledger.goOnWithoutStore();
        store.fails(StateStore.UNREACHABLE);
        ledger.act(ACT, () -> done.add("last"));
        store.works();

        ledger.catchUp();

        assertThat(store.journal).extracting(JournalEntry::state).containsExactly(State.INTENDED, State.DONE);
    }

    @Test
    void does_nothing_once_the_store_says_that_the_lock_is_lost() {
        store.fails(StateStore.LOCK_LOST);

        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("act")))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.NEEDS_PERSON));
        store.works();
        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("act"))).isInstanceOf(Failure.class);
        assertThat(done).isEmpty();
    }

    @Test
    void does_nothing_even_when_finishing_once_the_lease_is_over() {
        ledger.goOnWithoutStore();
        store.fails(StateStore.UNREACHABLE);
        time.pass(StateStore.LEASE.minusSeconds(1));

        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("act"))).isInstanceOf(Failure.class);
        assertThat(done).isEmpty();
    }

    @Test
    void keeps_the_lease_as_long_as_renewals_arrive() {
        time.runBackground(Duration.ofMinutes(5));

        assertThat(store.renewals).isGreaterThan(20);
        assertThatCode(lease::check).doesNotThrowAnyException();
    }

    @Test
    void asks_a_silent_store_again_until_it_answers() {
        store.fails(StateStore.UNREACHABLE);
        time.runBackground(Duration.ofSeconds(15));
        assertThatCode(lease::check).doesNotThrowAnyException();
        store.works();
        time.runBackground(Duration.ofSeconds(5));

        time.pass(StateStore.LEASE.dividedBy(2));
        assertThatCode(lease::check).as("counted from the renewal").doesNotThrowAnyException();
    }

    @Test
    void is_over_before_the_store_gives_the_lock_to_another() {
        store.fails(StateStore.UNREACHABLE);
        time.runBackground(StateStore.LEASE.minusSeconds(2));

        assertThatThrownBy(lease::check).isInstanceOf(Failure.class);
    }

    @Test
    void does_nothing_after_a_sleep_in_which_somebody_else_took_the_lock() {
        time.suspend(Duration.ofHours(1));
        store.fails(StateStore.LOCK_LOST);

        assertThatThrownBy(lease::check).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("act"))).isInstanceOf(Failure.class);
        assertThat(done).isEmpty();
    }

    @Test
    void does_nothing_after_a_sleep_while_the_store_does_not_answer() {
        ledger.goOnWithoutStore();
        time.suspend(Duration.ofHours(1));
        store.fails(StateStore.UNREACHABLE);

        assertThatThrownBy(() -> ledger.act(ACT, () -> done.add("act"))).isInstanceOf(Failure.class);
        assertThat(done).isEmpty();
    }

    @Test
    void goes_on_after_a_sleep_when_the_store_says_that_the_lock_is_still_its_own() throws Exception {
        time.suspend(Duration.ofHours(1));

        ledger.act(ACT, () -> done.add("act"));

        assertThat(done).containsExactly("act");
    }
}
