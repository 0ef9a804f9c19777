package org.meridian.cli.world;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A state file that takes no writes, since somebody else is in the midst of one; until this is closed. */
final class BusyStore implements AutoCloseable {
    private final Connection connection;

    private BusyStore(Connection connection) {
        this.connection = connection;
    }

    static BusyStore of(LocalWorld world) throws SQLException {
        Path file = world.directory().resolve(".meridian/state.db");
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("BEGIN IMMEDIATE");
        }
        return new BusyStore(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
