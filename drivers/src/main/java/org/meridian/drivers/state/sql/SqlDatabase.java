package org.meridian.drivers.state.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What one SQL technology does in its own way: connections, the schema, failures, and two words of its dialect.
 *
 * <p>The tables are {@code meridian_lock (app, token, holder, expires_at, claim)}, {@code meridian_record (app, kind, number,
 * body)}, {@code meridian_journal (position, app, rollout, digest, body)}, {@code meridian_answer (app, rollout, body)} and,
 * since version 2, {@code meridian_audit (app, at, digest, body)}, since version 3, {@code meridian_store (app, body)}, since version 4,
 * {@code meridian_host_key (app, machine, body)}. The
 * column {@code claim} is the id in {@code holder}, worked out by the database.
 */
public interface SqlDatabase extends AutoCloseable {
    /** The version of the tables, 0 when there are none; throws a Failure when a newer Meridian made them. */
    int version();

    /** Whether there are tables, perhaps an older Meridian's that lack some. */
    default boolean exists() {
        return version() > 0;
    }

    /** Makes the tables, or brings them to what this Meridian needs. */
    void create();

    /**
     * Runs work on a connection in auto-commit mode, again when the connection breaks; so it has to be harmless to repeat.
     * Throws a Failure when the database does not answer.
     */
    <T> T call(Safety safety, Work<T> work);

    /** The time by the database's clock in milliseconds since 1970, as an expression. */
    String now();

    /** What makes a SELECT keep a row from being changed until its statement has ended; empty where nothing is needed. */
    String share();

    /** What people know the database by; holds no password. */
    @Override
    String toString();

    @Override
    void close();

    /** What a write has to outlive. */
    enum Safety {
        /** The end of the process, however it ends. */
        PROCESS,
        /** A power cut too. */
        POWER
    }

    /** Some statements. */
    @FunctionalInterface
    interface Work<T> {
        /** Runs them. */
        T on(Connection connection) throws SQLException;
    }
}
