package org.meridian.drivers.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.sql.SqlDatabase.Safety;

/**
 * The tables, brought to their version with Flyway: only where they are not there yet, because a look costs one statement and
 * Flyway a second.
 */
final class PostgresSchema {
    /** The version of the last script in {@code migration}. */
    static final int VERSION = 4;

    private static final int TRIES = 5;

    private static final String HISTORY = "meridian_schema_history";

    private final PostgresServer server;
    private final PostgresDatabase database;
    private volatile boolean current;

    PostgresSchema(PostgresServer server, PostgresDatabase database) {
        this.server = server;
        this.database = database;
    }

    /** The version of the tables, 0 when there are none; throws a Failure when this Meridian does not know it. */
    int version() {
        if (!current) {
            int version = database.call(Safety.PROCESS, PostgresSchema::version);
            if (version > VERSION) {
                throw StateFailures.tooNew(server.toString(), Integer.toString(version), Integer.toString(VERSION));
            }
            current = version == VERSION;
            return version;
        }
        return VERSION;
    }

    /** Makes the tables, or waits while somebody else makes them. */
    void create() {
        int left = TRIES;
        while (version() < VERSION) {
            left--;
            try {
                migrate();
            } catch (FlywayException e) {
                // Of several who come to an empty schema, Flyway lets some stumble over the table that another just
                // made.
                if (left == 0) {
                    throw notMade(e);
                }
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT coalesce(max(version::integer), 0) FROM " + HISTORY + " WHERE success");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass('" + HISTORY + "')");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getString(1) != null;
        }
    }

    /**
     * Flyway's lock is one of a transaction (its default for PostgreSQL), which a pooler respects. Other applications' tables
     * may be in the same schema.
     */
    private void migrate() {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(new Connections(server))
                .table(HISTORY)
                .locations("classpath:org/meridian/drivers/postgres/migration")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private Failure notMade(FlywayException cause) {
        String check =
                "See that the role may make tables in its schema: GRANT CREATE ON SCHEMA public TO " + server.user();
        boolean momentary = Stream.iterate((Throwable) cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(why -> why instanceof SQLException sql && PostgresDatabase.isMomentary(sql));
        return momentary
                ? StateFailures.unreachable(server.toString(), check, cause)
                : StateFailures.refused(server.toString(), check, cause);
    }

    /** New connections, as Flyway asks for them. */
    private record Connections(PostgresServer server) implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return PostgresDatabase.connect(server);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("the server's own user is used");
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            // The driver logs by itself.
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // The server's properties have it.
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException("the driver logs by itself");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLFeatureNotSupportedException("nothing is wrapped");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
