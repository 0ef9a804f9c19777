package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date. Running it twice, or twice at once, does the work once. Each migration only adds, so
 * the release that still serves works with the newer schema, and so does the one that a rollback brings back.
 */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int LOCK_WAIT_SECONDS = 30;
    private static final List<String> FILES = List.of(
            "001-posts.sql",
            "002-words.sql",
            "003-welcome.sql",
            "004-jobs.sql",
            "005-jobs-of-posts.sql",
            "006-digests.sql");

    private final Database database;

    Migrations(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    /** Applies what is missing and returns how many migrations that were. */
    int apply() throws SQLException {
        return database.write(connection -> {
            lock(connection);
            try {
                return applyMissing(connection);
            } finally {
                execute(connection, "DO RELEASE_LOCK('journal-migrate')");
            }
        });
    }

    /** Whether the primary has all that this release needs, or more; it says so in the log where not. */
    boolean applied() {
        try {
            int current = database.write(connection -> number(connection, "SELECT MAX(version) FROM schema_version"));
            if (current < FILES.size()) {
                LOG.warn("the schema has version {}, but this release needs {}: run migrate", current, FILES.size());
            }
            return current >= FILES.size();
        } catch (SQLException e) {
            LOG.warn("the schema can't be looked at: {}", e.getMessage());
            return false;
        }
    }

    private static void lock(Connection connection) throws SQLException {
        // A statement may wait for the lock longer than the driver's usual five seconds for an answer.
        connection.setNetworkTimeout(Runnable::run, (LOCK_WAIT_SECONDS + 5) * 1000);
        if (number(connection, "SELECT GET_LOCK('journal-migrate', " + LOCK_WAIT_SECONDS + ")") != 1) {
            throw new SQLException("another migration has held the lock for " + LOCK_WAIT_SECONDS
                    + " s: wait for it to end, then run migrate again");
        }
    }

    private static int applyMissing(Connection connection) throws SQLException {
        execute(connection, """
                CREATE TABLE IF NOT EXISTS schema_version (
                  version INT NOT NULL PRIMARY KEY,
                  applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
                )""");
        int current = number(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version");
        for (int version = current + 1; version <= FILES.size(); version++) {
            String file = FILES.get(version - 1);
            LOG.info("applying {}", file);
            execute(connection, Resource.text("/migrations/" + file));
            record(connection, version);
        }
        return Math.max(0, FILES.size() - current);
    }

    private static void record(Connection connection, int version) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO schema_version (version) VALUES (?)")) {
            insert.setInt(1, version);
            insert.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
