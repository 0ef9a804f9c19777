package org.meridian.drivers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meridian.testkit.StateSamples.ANN;
import static org.meridian.testkit.StateSamples.BOB;
import static org.meridian.testkit.StateSamples.audited;
import static org.meridian.testkit.StateSamples.intended;
import static org.meridian.testkit.StateSamples.release;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.drivers.state.CutWire;
import org.meridian.drivers.state.Racers;
import org.meridian.drivers.state.sql.SqlState;
import org.meridian.testkit.StateStoreContract;

final class PostgresStateTest extends StateStoreContract {
    private static final AppName JOURNAL = new AppName("journal");

    @BeforeEach
    void empty() throws SQLException {
        RealPostgres.empty();
    }

    @Override
    protected StateStore open(Duration lease) {
        return new SqlState(new PostgresDatabase(RealPostgres.at(RealPostgres.port())), JOURNAL, lease);
    }

    @Override
    protected Runnable backup() throws SQLException {
        RealPostgres.execute("CREATE TABLE kept AS SELECT token, holder, expires_at FROM meridian_lock");
        return () -> {
            try {
                RealPostgres.execute("UPDATE meridian_lock SET (token, holder, expires_at) = (SELECT * FROM kept)");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void makes_nothing_when_it_is_only_read() throws SQLException {
        RealPostgres.execute("CREATE ROLE reader LOGIN PASSWORD 'word'");
        try (StateStore store = as("reader")) {
            assertThat(store.releases()).isEmpty();
            assertThat(store.holder()).isEmpty();

            Failure failure = catchThrowableOfType(Failure.class, () -> store.lock(ANN));
            assertThat(failure.diagnostic().suggestion()).contains("GRANT CREATE ON SCHEMA public TO reader");
        } finally {
            RealPostgres.execute("DROP ROLE reader");
        }
    }

    @Test
    void reads_what_a_meridian_without_an_audit_log_wrote_and_adds_one() throws SQLException {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
        }
        RealPostgres.execute("DROP TABLE meridian_audit");
        toVersionTwo();
        RealPostgres.execute("DELETE FROM meridian_schema_history WHERE version = '2'");
        try (StateStore store = open()) {
            assertThat(store.releases()).containsExactly(release(1, "x"));
            assertThat(store.audit(9)).isEmpty();

            store.audit(audited(1));

            assertThat(store.audit(9)).containsExactly(audited(1));
            assertThat(store.releases()).containsExactly(release(1, "x"));
        }
    }

    @Test
    void takes_over_a_store_whose_claims_had_no_column_and_keeps_the_lock_in_it() throws SQLException {
        try (StateStore older = open();
                Lock lock = older.lock(ANN)) {
            older.save(lock, release(1, "x"));
            toVersionTwo();

            try (StateStore newer = open()) {
                assertThat(newer.identity()).isEmpty();
                assertThat(newer.releases()).containsExactly(release(1, "x"));
                assertThatThrownBy(() -> newer.lock(BOB)).hasMessageContaining("ann@laptop");
                assertThat(newer.release()).contains(ANN);
                newer.lock(BOB).close();
                assertThat(newer.identity()).isPresent();
            }
        }
    }

    @Test
    void reads_what_a_meridian_without_shared_host_keys_wrote_and_adds_them() throws SQLException {
        HostKeyPin pin = HostKeyPin.of("lab-1", "ssh-ed25519 AAAA");
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
        }
        toVersionThree();
        try (StateStore store = open()) {
            assertThat(store.hostKey("lab-1")).isEmpty();
            store.forgetHostKey("lab-1");
            assertThat(store.keyRotation()).isEmpty();

            store.save(pin);

            assertThat(store.hostKey("lab-1")).contains(pin);
            assertThat(store.releases()).containsExactly(release(1, "x"));
        }
    }

    private static void toVersionThree() throws SQLException {
        RealPostgres.execute("DROP TABLE meridian_host_key");
        RealPostgres.execute("DELETE FROM meridian_schema_history WHERE version = '4'");
    }

    private static void toVersionTwo() throws SQLException {
        toVersionThree();
        RealPostgres.execute("DROP TABLE meridian_store");
        RealPostgres.execute("ALTER TABLE meridian_lock DROP COLUMN claim");
        RealPostgres.execute("DELETE FROM meridian_schema_history WHERE version = '3'");
    }

    @Test
    void makes_its_tables_beside_those_of_others_and_once_when_many_come_at_the_same_time() throws Exception {
        RealPostgres.execute("CREATE TABLE somebody_elses (x integer)");
        Callable<Boolean> first = () -> {
            try (StateStore store = open()) {
                store.save(new Answer(1, Answer.Verdict.ABORT, "ann", Instant.EPOCH));
                return store.answer(1).isPresent();
            }
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(List.of(first, first, first))) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void goes_on_when_the_server_comes_back() throws Exception {
        try (CutWire wire = new CutWire(RealPostgres.port());
                StateStore store = through(wire);
                Lock lock = store.lock(ANN)) {
            store.append(lock, List.of(intended(lock, 1)));
            wire.cut();

            assertThatThrownBy(() -> store.append(lock, List.of(intended(lock, 2))))
                    .satisfies(PostgresStateTest::isUnreachable);
            assertThatThrownBy(lock::renew).satisfies(PostgresStateTest::isUnreachable);
            assertThatThrownBy(store::releases).satisfies(PostgresStateTest::isUnreachable);

            wire.join();
            store.append(lock, List.of(intended(lock, 2)));
            lock.renew();
            assertThat(store.journal(1)).containsExactly(intended(lock, 1), intended(lock, 2));
        }
    }

    @Test
    void does_not_notice_that_an_idle_connection_was_closed() throws Exception {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            RealPostgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'meridian' AND pid <> pg_backend_pid()");

            store.append(lock, List.of(intended(lock, 1)));
            assertThat(store.journal(1)).hasSize(1);
        }
    }

    @Test
    void says_that_a_lock_is_not_given_back_where_nobody_can_be_told_of_it() throws Exception {
        try (CutWire wire = new CutWire(RealPostgres.port());
                StateStore store = through(wire)) {
            Lock lock = store.lock(ANN);
            wire.cut();
            assertThatThrownBy(lock::close)
                    .satisfies(PostgresStateTest::isUnreachable)
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                            .as("worth another try")
                            .isEqualTo(Failure.Kind.NO_ANSWER));
        }
        try (StateStore other = open()) {
            assertThat(other.holder()).as("until its lease is over").contains(ANN);
        }
    }

    @Test
    void tells_which_server_does_not_answer_and_never_the_password() {
        try (StateStore store =
                new SqlState(new PostgresDatabase(RealPostgres.as("postgres", "hunter2", 1)), JOURNAL)) {
            Failure failure = catchThrowableOfType(Failure.class, store::releases);

            assertThat(failure)
                    .satisfies(PostgresStateTest::isUnreachable)
                    .hasMessageContaining("postgres@127.0.0.1:1/");
            assertThat(failure.diagnostic().suggestion()).contains("user, password and sslmode");
            assertThat(failure.diagnostic().toString()).doesNotContain("hunter2");
            assertThat(failure).hasStackTraceContaining("PSQLException");
            assertThat(failure.getCause()).message().doesNotContain("hunter2");
        }
    }

    @Test
    void says_that_a_newer_meridian_wrote_it() throws SQLException {
        try (StateStore store = open()) {
            store.lock(ANN).close();
        }
        RealPostgres.execute("UPDATE meridian_schema_history SET version = '99' WHERE version = '1'");
        try (StateStore store = open()) {
            assertThatThrownBy(store::releases).hasMessageContaining("has format 99");
            assertThatThrownBy(() -> store.lock(ANN)).hasMessageContaining("has format 99");
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
        return new Racers(directory, "postgres", Integer.toString(RealPostgres.port()));
    }

    private static StateStore as(String user) {
        return new SqlState(new PostgresDatabase(RealPostgres.as(user, "word", RealPostgres.port())), JOURNAL);
    }

    private static StateStore through(CutWire wire) {
        return new SqlState(new PostgresDatabase(RealPostgres.at(wire.port())), JOURNAL);
    }

    private static void isUnreachable(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo(StateStore.UNREACHABLE));
    }
}
