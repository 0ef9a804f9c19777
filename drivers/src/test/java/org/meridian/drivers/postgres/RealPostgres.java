package org.meridian.drivers.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server of this test run; started once, stopped with the process. */
final class RealPostgres {
    private static final EmbeddedPostgres SERVER = start();

    private RealPostgres() {}

    static int port() {
        return SERVER.getPort();
    }

    static PostgresServer at(int port) {
        return as("postgres", "postgres", port);
    }

    static PostgresServer as(String user, String password, int port) {
        return new PostgresServer("127.0.0.1", port, "postgres", user, () -> Optional.of(password), Map.of());
    }

    static void execute(String... statements) throws SQLException {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** As before the first use. */
    static void empty() throws SQLException {
        execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
