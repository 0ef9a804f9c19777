package org.meridian.drivers.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables, in the version that the file's {@code user_version} tells. */
final class SqliteSchema {
    /** What this Meridian knows; there is a script {@code vN.sql} for each step to it. */
    static final int VERSION = 4;

    private SqliteSchema() {}

    /** The version of the tables; 0 when there are none. */
    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** Brings the tables to the current version, and returns it. */
    static int bring(Connection connection) throws SQLException {
        if (version(connection) < VERSION) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                try {
                    // Somebody else may have done it meanwhile.
                    for (int next = version(connection) + 1; next <= VERSION; next++) {
                        statement.executeUpdate(script(next));
                        statement.execute("PRAGMA user_version = " + next);
                    }
                    statement.execute("COMMIT");
                } catch (SQLException e) {
                    rollBack(statement, e);
                    throw e;
                }
            }
        }
        return VERSION;
    }

    /** A disk that is full has rolled back already, and says of the second time that there is nothing to roll back. */
    private static void rollBack(Statement statement, SQLException first) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    private static String script(int version) {
        String name = "v" + version + ".sql";
        try (InputStream script = requireNonNull(SqliteSchema.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
