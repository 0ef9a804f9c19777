package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.StateSamples.ANN;
import static org.meridian.testkit.StateSamples.BOB;
import static org.meridian.testkit.StateSamples.acts;
import static org.meridian.testkit.StateSamples.done;
import static org.meridian.testkit.StateSamples.inRollout;
import static org.meridian.testkit.StateSamples.intended;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;

/** What the journal of every state store must do. */
abstract class StateJournalContract extends StateLockContract {
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
}
