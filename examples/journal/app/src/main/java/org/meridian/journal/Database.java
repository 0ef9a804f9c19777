package org.meridian.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primary, and the region's replica where it has one. Waiting for a connection to the primary ends after five
 * seconds, to the replica after two, as the primary can stand in for it; waiting for an answer ends after five.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int POOL_SIZE = 6;
    private static final Duration PRIMARY_WAIT = Duration.ofSeconds(5);
    private static final Duration REPLICA_WAIT = Duration.ofSeconds(2);

    private final HikariDataSource primary;
    private final HikariDataSource replica;
    private final Circuit replicaCircuit = new Circuit(Duration.ofSeconds(2), InstantSource.system());

    private Database(HikariDataSource primary, HikariDataSource replica) {
        this.primary = primary;
        this.replica = replica;
    }

    /** Makes the pools; they connect when the database can be reached, so a process starts without it. */
    static Database connect(Settings.DatabaseSettings settings) {
        HikariDataSource primary = pool("primary", settings.primaryHost(), settings, PRIMARY_WAIT);
        return new Database(
                primary,
                settings.hasReplica() ? pool("replica", settings.replicaHost(), settings, REPLICA_WAIT) : primary);
    }

    private static HikariDataSource pool(String name, String host, Settings.DatabaseSettings settings, Duration wait) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl("jdbc:mariadb://%s:%d/%s?connectTimeout=1000&socketTimeout=5000&tcpKeepAlive=true"
                .formatted(host, settings.port(), settings.name()));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(wait.toMillis());
        config.setValidationTimeout(1000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Something to ask of, or do in, the database. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Reads from the replica, which may be a little behind; from the primary while the replica fails. */
    <T> T read(Work<T> work) throws SQLException {
        if (!hasReplica() || replicaCircuit.isOpen()) {
            return write(work);
        }
        try {
            T result = with(replica, work);
            replicaCircuit.close();
            return result;
        } catch (SQLException e) {
            LOG.warn("the replica failed, so the primary answers: {}", e.getMessage());
            replicaCircuit.open();
            return write(work);
        }
    }

    /** Writes to the primary, or reads what must be current. */
    <T> T write(Work<T> work) throws SQLException {
        return with(primary, work);
    }

    /**
     * Changes the primary in one transaction: all of it or nothing. It sees what others have committed meanwhile, and
     * locks rows alone, not what lies between them (MariaDB's documentation, "READ COMMITTED").
     */
    <T> T change(Work<T> work) throws SQLException {
        return write(connection -> {
            // The pool puts both back, and rolls back what was not committed.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            T result = work.in(connection);
            connection.commit();
            return result;
        });
    }

    /** Whether reads may go to a server that lags behind the primary. */
    boolean hasReplica() {
        return replica != primary;
    }

    /** Whether the primary answers. */
    boolean primaryAnswers() {
        return answers(primary);
    }

    /** Whether the replica answers; the same question as for the primary where there is no replica. */
    boolean replicaAnswers() {
        return answers(replica);
    }

    private static boolean answers(HikariDataSource pool) {
        try {
            return with(pool, connection -> connection.isValid(1));
        } catch (SQLException e) {
            LOG.warn("the {} database does not answer: {}", pool.getPoolName(), e.getMessage());
            return false;
        }
    }

    private static <T> T with(HikariDataSource pool, Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return work.in(connection);
        }
    }

    @Override
    public void close() {
        primary.close();
        replica.close();
    }
}
