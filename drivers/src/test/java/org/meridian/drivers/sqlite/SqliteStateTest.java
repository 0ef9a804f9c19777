package org.meridian.drivers.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.StateSamples.ANN;
import static org.meridian.testkit.StateSamples.BOB;
import static org.meridian.testkit.StateSamples.audited;
import static org.meridian.testkit.StateSamples.intended;
import static org.meridian.testkit.StateSamples.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.drivers.state.Racers;
import org.meridian.drivers.state.sql.SqlDatabase.Safety;
import org.meridian.drivers.state.sql.SqlState;
import org.meridian.testkit.StateStoreContract;

final class SqliteStateTest extends StateStoreContract {
    private final Path directory;
    private final Path file;

    SqliteStateTest(@TempDir Path directory) {
        this.directory = directory.resolve(".meridian");
        this.file = this.directory.resolve("state.db");
    }

    @Override
    protected StateStore open(Duration lease) {
        return of("journal", lease);
    }

    @Override
    protected Runnable backup() throws SQLException {
        change("CREATE TABLE kept AS SELECT token, holder, expires_at FROM meridian_lock");
        return () -> {
            try {
                change("UPDATE meridian_lock SET (token, holder, expires_at) = (SELECT * FROM kept)");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void makes_nothing_when_it_is_only_read() {
        try (StateStore store = open()) {
            assertThat(store.releases()).isEmpty();
            assertThat(store.holder()).isEmpty();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void is_closed_to_others_and_out_of_version_control() throws IOException {
        try (StateStore store = open()) {
            store.lock(ANN).close();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.resolve(".gitignore")).hasContent("*");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder(".gitignore", "state.db");
    }

    @Test
    void keeps_two_apps_in_one_file_apart() {
        try (StateStore one = of("one", StateStore.LEASE);
                StateStore two = of("two", StateStore.LEASE);
                Lock lock = one.lock(ANN);
                Lock other = two.lock(ANN)) {
            one.save(lock, release(1, "one"));
            two.save(other, release(1, "two"));
            two.clear(other);

            assertThat(one.releases()).containsExactly(release(1, "one"));
        }
    }

    @Test
    void says_which_file_is_no_database_and_leaves_it_alone() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(file, "{\"version\": 1}".repeat(100));

        try (StateStore store = open()) {
            assertThatThrownBy(store::releases).satisfies(thrown -> isBadState(thrown, "is not what Meridian wrote"));
            assertThatThrownBy(() -> store.lock(ANN)).satisfies(thrown -> isBadState(thrown, file.toString()));
        }
        assertThat(file).hasContent("{\"version\": 1}".repeat(100));
    }

    @Test
    void says_that_a_newer_meridian_wrote_it() throws SQLException {
        try (StateStore store = open()) {
            store.lock(ANN).close();
        }
        change("PRAGMA user_version = 99");
        try (StateStore store = open()) {
            assertThatThrownBy(store::releases).satisfies(thrown -> isBadState(thrown, "has format 99"));
            assertThatThrownBy(() -> store.lock(ANN)).satisfies(thrown -> isBadState(thrown, "has format 99"));
        }
    }

    @Test
    void reads_what_a_meridian_without_an_audit_log_wrote_and_adds_one() throws SQLException {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
        }
        change("DROP TABLE meridian_host_key");
        change("DROP TABLE meridian_audit");
        change("DROP TABLE meridian_store");
        change("ALTER TABLE meridian_lock DROP COLUMN claim");
        change("PRAGMA user_version = 1");
        try (StateStore store = open()) {
            assertThat(store.releases()).containsExactly(release(1, "x"));
            assertThat(store.audit(9)).isEmpty();

            store.audit(audited(1));

            assertThat(store.audit(9)).containsExactly(audited(1));
            assertThat(store.releases()).containsExactly(release(1, "x"));
        }
    }

    @Test
    void reads_what_a_meridian_without_shared_host_keys_wrote_and_adds_them() throws SQLException {
        HostKeyPin pin = HostKeyPin.of("lab-1", "ssh-ed25519 AAAA");
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
        }
        change("DROP TABLE meridian_host_key");
        change("PRAGMA user_version = 3");
        try (StateStore store = open()) {
            assertThat(store.hostKey("lab-1")).isEmpty();
            store.forgetHostKey("lab-1");
            assertThat(store.keyRotation()).isEmpty();

            store.save(pin);

            assertThat(store.hostKey("lab-1")).contains(pin);
            assertThat(store.releases()).containsExactly(release(1, "x"));
        }
    }

    @Test
    void takes_over_a_store_whose_claims_had_no_column_and_keeps_the_lock_in_it() throws SQLException {
        try (StateStore older = open();
                Lock lock = older.lock(ANN)) {
            older.save(lock, release(1, "x"));
            change("DROP TABLE meridian_host_key");
            change("DROP TABLE meridian_store");
            change("ALTER TABLE meridian_lock DROP COLUMN claim");
            change("PRAGMA user_version = 2");

            try (StateStore newer = open()) {
                assertThat(newer.identity()).isEmpty();
                assertThat(newer.releases()).containsExactly(release(1, "x"));
                assertThat(newer.holder()).contains(ANN);
                assertThatThrownBy(() -> newer.lock(BOB)).hasMessageContaining("ann@laptop");
                assertThat(newer.release()).contains(ANN);
                newer.lock(BOB).close();
                assertThat(newer.identity()).isPresent();
            }
        }
    }

    @Test
    void a_disk_that_is_full_while_the_tables_are_made_is_called_full_and_not_somebody_elses_state()
            throws IOException {
        LocalDirectory.at(directory).make();
        try (SqliteDatabase database = new SqliteDatabase(LocalDirectory.at(directory))) {
            limit(database, 4);

            assertThatThrownBy(database::create).satisfies(SqliteStateTest::isFull);

            limit(database, 1_000_000);
            database.create();
            assertThat(database.exists()).isTrue();
        }
    }

    @Test
    void a_disk_that_is_full_while_the_journal_is_written_is_called_full_and_what_was_there_stays() {
        SqliteDatabase database = new SqliteDatabase(LocalDirectory.at(directory));
        try (StateStore store = new SqlState(database, new AppName("journal"));
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
            limit(database, 24);
            List<JournalEntry> many = IntStream.rangeClosed(1, 2500)
                    .mapToObj(n -> intended(lock, n))
                    .toList();

            assertThatThrownBy(() -> store.append(lock, many)).satisfies(SqliteStateTest::isFull);

            assertThat(store.journal(1)).isEmpty();
            assertThat(store.releases()).containsExactly(release(1, "x"));
            limit(database, 1_000_000);
            store.append(lock, many);
            assertThat(store.journal(1)).hasSize(2500);
        }
    }

    @Test
    void a_file_that_is_cut_off_or_empty_is_no_bug() throws Exception {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int left : List.of(50, 1000, 5000, whole.length / 2)) {
            Files.write(file, Arrays.copyOf(whole, left));
            try (StateStore store = open()) {
                assertThatThrownBy(store::releases)
                        .as("%d bytes of it", left)
                        .satisfies(thrown -> isBadState(thrown, file.toString()));
            }
        }
        Files.write(file, new byte[0]);
        try (StateStore store = open()) {
            assertThat(store.releases())
                    .as("what is empty has been made and not written yet")
                    .isEmpty();
        }
    }

    /** As a disk with so many pages of room (sqlite.org/pragma.html, max_page_count). */
    private static void limit(SqliteDatabase database, int pages) {
        int unused = database.call(Safety.PROCESS, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = " + pages);
                return pages;
            }
        });
    }

    private static void isFull(Throwable thrown) {
        assertThat(thrown).hasMessageContaining("the disk is full").isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.diagnostic().code()).isEqualTo(StateStore.UNREACHABLE);
            assertThat(failure.diagnostic().suggestion()).contains("Make room");
        });
    }

    @Test
    void says_what_is_broken_in_a_record() throws SQLException {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
            change("UPDATE meridian_record SET body = '{\"id\": \"seven\"}'");

            assertThatThrownBy(store::releases)
                    .satisfies(thrown -> isBadState(thrown, file.toString()))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.diagnostic().detail()).startsWith("Release: "));
        }
    }

    @Test
    void skips_what_a_later_version_added_to_a_record() throws SQLException {
        try (StateStore store = open();
                Lock lock = store.lock(ANN)) {
            store.save(lock, release(1, "x"));
            change("UPDATE meridian_record SET body = replace(body, '\"label\"', '\"later\":{\"x\":[1]},\"label\"')");

            assertThat(store.releases()).containsExactly(release(1, "x"));
        }
    }

    @Test
    void says_that_it_is_kept_busy() throws SQLException {
        try (StateStore store = open();
                Lock lock = store.lock(ANN);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> store.save(lock, release(1, "x")))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.diagnostic().code()).isEqualTo(StateStore.UNREACHABLE);
                        assertThat(failure.diagnostic().suggestion()).contains("Another process keeps it busy");
                    });
            assertThat(store.releases()).as("readers never wait").isEmpty();

            statement.execute("ROLLBACK");
            store.save(lock, release(1, "x"));
        }
    }

    @Test
    void lets_one_of_two_processes_win_each_time() throws Exception {
        Files.createDirectories(directory);
        new Racers(directory, "sqlite", directory.toString()).race(1000);
    }

    @Test
    void frees_the_lock_of_a_process_that_was_killed() throws Exception {
        Files.createDirectories(directory);
        try (StateStore store = open()) {
            new Racers(directory, "sqlite", directory.toString()).killTheHolder(store);
        }
    }

    private StateStore of(String app, Duration lease) {
        return new SqlState(new SqliteDatabase(LocalDirectory.at(directory)), new AppName(app), lease);
    }

    private void change(String statementText) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(statementText);
        }
    }

    private static void isBadState(Throwable thrown, String words) {
        assertThat(thrown).hasMessageContaining(words).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo("bad-state"));
    }
}
