package org.meridian.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meridian.testkit.StateSamples.ANN;
import static org.meridian.testkit.StateSamples.intended;
import static org.meridian.testkit.StateSamples.release;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.drivers.state.CutWire;
import org.meridian.drivers.state.Fence;
import org.meridian.drivers.state.Racers;
import org.meridian.drivers.state.StateJson;
import org.meridian.testkit.StateStoreContract;

final class S3StateTest extends StateStoreContract {
    private static final AppName JOURNAL = new AppName("journal");

    @BeforeEach
    void empty() {
        RealS3.empty();
    }

    @Override
    protected StateStore open(Duration lease) {
        return new S3State(RealS3.at(RealS3.port()), JOURNAL, lease);
    }

    @Override
    protected Runnable backup() {
        String head =
                withObjects(objects -> objects.get("head.json").orElseThrow().text());
        return () -> withObjects(objects -> {
            objects.put("head.json", head);
            return head;
        });
    }

    @Test
    void takes_over_a_store_of_the_first_format_with_a_journal_in_pieces() {
        String claim = "{\"id\":\"x\",\"who\":\"ann@laptop\",\"what\":\"deploy\",\"since\":\"2026-01-02T03:04:05Z\","
                + "\"message\":\"\",\"kept\":true,\"process\":{\"machine\":\"\",\"pid\":1,\"started\":\"\"},"
                + "\"lease\":\"PT30S\"}";
        Lock old = new FirstFormatLock();
        String unused = withObjects(objects -> {
            objects.put(
                    "head.json",
                    "{\"format\":1,\"write\":\"w\",\"token\":7,\"holder\":" + claim + ",\"loose\":[3],"
                            + "\"index\":{\"releases\":{},\"rollouts\":[],\"receipts\":{},\"journals\":{}}}");
            objects.put("pieces/000000000003/00000000.json", StateJson.write(Piece.of(List.of(intended(old, 1)))));
            objects.put("pieces/000000000007/00000000.json", StateJson.write(Piece.of(List.of(intended(old, 2)))));
            return "";
        });
        try (StateStore store = open()) {
            assertThat(store.holder()).isPresent();
            assertThat(store.identity()).isEmpty();
            assertThat(store.journal(1)).containsExactly(intended(old, 1), intended(old, 2));

            assertThat(store.release()).isPresent();
            try (Lock next = store.lock(ANN)) {
                assertThat(next.token()).isEqualTo(8);
                assertThat(store.journal(1)).containsExactly(intended(old, 1), intended(old, 2));
            }
            assertThat(store.identity()).isPresent();
        }
        assertThat(RealS3.keys())
                .as("what the former holder would write next is sealed")
                .contains("team/journal/pieces/000000000007/00000001.json");
    }

    private static <T> T withObjects(Function<S3Objects, T> work) {
        try (S3Objects objects = new S3Objects(RealS3.at(RealS3.port()), "journal")) {
            return work.apply(objects);
        }
    }

    /** What somebody held who wrote the first format. */
    private static final class FirstFormatLock implements Lock {
        @Override
        public long token() {
            return 7;
        }

        @Override
        public String claim() {
            return "x";
        }

        @Override
        public void renew() {
            throw new UnsupportedOperationException("it is of the past");
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Test
    void makes_nothing_when_it_is_only_read() {
        try (StateStore store = open()) {
            assertThat(store.releases()).isEmpty();
            assertThat(store.holder()).isEmpty();
        }
        assertThat(RealS3.keys()).isEmpty();
    }

    @Test
    void keeps_apps_and_prefixes_apart() {
        try (StateStore one = open();
                StateStore two = new S3State(RealS3.at(RealS3.port()), new AppName("other"));
                Lock lock = one.lock(ANN);
                Lock other = two.lock(ANN)) {
            one.save(lock, release(1, "one"));
            two.save(other, release(1, "two"));
            two.clear(other);

            assertThat(one.releases()).containsExactly(release(1, "one"));
        }
    }

    @Test
    void leaves_one_object_of_a_journal_once_the_lock_is_given_back() {
        try (StateStore store = open()) {
            try (Lock lock = store.lock(ANN)) {
                store.append(lock, List.of(intended(lock, 1)));
                store.append(lock, List.of(intended(lock, 2)));
                String pieces = "team/journal/pieces/000000000001-" + lock.claim();
                assertThat(RealS3.keys())
                        .containsExactly(
                                "team/journal/head.json", pieces + "/00000000.json", pieces + "/00000001.json");
            }
            assertThat(RealS3.keys())
                    .satisfiesExactly(
                            head -> assertThat(head).isEqualTo("team/journal/head.json"),
                            journal -> assertThat(journal).startsWith("team/journal/journals/1/1-"));
        }
    }

    @Test
    void goes_on_when_the_service_comes_back() throws Exception {
        try (CutWire wire = new CutWire(RealS3.port());
                StateStore store = new S3State(RealS3.at(wire.port()), JOURNAL);
                Lock lock = store.lock(ANN)) {
            store.append(lock, List.of(intended(lock, 1)));
            wire.cut();

            assertThatThrownBy(() -> store.append(lock, List.of(intended(lock, 2))))
                    .satisfies(S3StateTest::isUnreachable);
            assertThatThrownBy(lock::renew).satisfies(S3StateTest::isUnreachable);

            wire.join();
            store.append(lock, List.of(intended(lock, 2)));
            lock.renew();
            assertThat(store.journal(1)).containsExactly(intended(lock, 1), intended(lock, 2));
        }
    }

    @Test
    void counts_an_entry_once_whose_answer_was_lost() {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            // As if this holder had written it and never heard of it.
            S3Objects objects = new S3Objects(RealS3.at(RealS3.port()), "journal");
            PieceWriter same = new PieceWriter(objects, Fence.of(lock));
            same.append(List.of(intended(lock, 1)));

            store.append(lock, List.of(intended(lock, 2)));
            store.append(lock, List.of(intended(lock, 1)));

            assertThat(store.journal(1)).containsExactly(intended(lock, 1), intended(lock, 2));
            objects.close();
        }
    }

    @Test
    void tells_a_holder_who_wakes_up_late_before_it_believes_that_it_wrote() {
        try (StateStore first = open();
                StateStore second = open();
                StateStore third = open()) {
            Lock old = first.lock(ANN);
            first.append(old, List.of(intended(old, 1)));
            second.release();
            for (StateStore store : List.of(second, third)) {
                try (Lock next = store.lock(ANN)) {
                    store.append(next, List.of(intended(next, 1)));
                }
            }

            assertThatThrownBy(() -> first.append(old, List.of(intended(old, 2))))
                    .hasMessageContaining("no longer held");
            assertThat(second.journal(1)).hasSize(3);
        }
    }

    @Test
    void says_what_is_broken() {
        try (StateStore store = open()) {
            S3Objects objects = new S3Objects(RealS3.at(RealS3.port()), "journal");
            objects.put("head.json", "{\"format\": 99}");
            assertThatThrownBy(store::releases).hasMessageContaining("has format 99");
            objects.put("head.json", "no json");
            assertThatThrownBy(store::releases).hasMessageContaining("is not what Meridian wrote");
            assertThatThrownBy(() -> store.lock(ANN)).hasMessageContaining("s3://state/team at http://127.0.0.1");
            objects.close();
        }
    }

    @Test
    void tells_which_bucket_does_not_answer() {
        S3Location nowhere =
                new S3Location("state", "", Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty());
        try (StateStore store = new S3State(nowhere, JOURNAL)) {
            Failure failure = catchThrowableOfType(Failure.class, store::releases);

            assertThat(failure)
                    .satisfies(S3StateTest::isUnreachable)
                    .hasMessageContaining("s3://state at http://127.0.0.1:1");
            assertThat(failure.diagnostic().suggestion()).contains("AWS_ACCESS_KEY_ID");
        }
    }

    @Test
    void says_that_there_is_no_such_bucket() {
        S3Location wrong =
                new S3Location("nosuchbucket", "", Optional.of(RealS3.endpoint(RealS3.port())), Optional.empty());
        try (StateStore store = new S3State(wrong, JOURNAL)) {
            assertThatThrownBy(store::releases).satisfies(S3StateTest::isUnreachable);
            assertThatThrownBy(() -> store.lock(ANN)).satisfies(S3StateTest::isUnreachable);
        }
    }

    @Test
    void lets_one_of_two_processes_win_each_time(@TempDir Path directory) throws Exception {
        racers(directory).race(1000);
    }

    @Test
    void frees_the_lock_of_a_process_that_was_killed(@TempDir Path directory) throws Exception {
        try (StateStore store = open()) {
            racers(directory).killTheHolder(store);
        }
    }

    private static Racers racers(Path directory) {
        return new Racers(directory, "s3", RealS3.endpoint(RealS3.port()).toString());
    }

    private static void isUnreachable(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo(StateStore.UNREACHABLE));
    }
}
