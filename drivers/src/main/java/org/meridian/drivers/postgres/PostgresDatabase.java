package org.meridian.drivers.postgres;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.sql.SqlDatabase;
import org.postgresql.Driver;

/**
 * A PostgreSQL database, perhaps behind a pooler that hands out connections by the transaction.
 *
 * <p>Each statement is a transaction of its own, so none ever waits for this process, and nothing is kept in a session. One
 * connection is enough: what arrives at the same time is grouped. It is made when it is first needed, and again when it
 * breaks.
 */
public final class PostgresDatabase implements SqlDatabase {
    private static final String CHECK =
            "See that the server runs and can be reached from here, and that user, password and sslmode are right.";

    /** Serialization failure and deadlock: nothing was done, and PostgreSQL asks to try again (its manual, appendix A). */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

    private static final int TRIES = 3;

    private final PostgresServer server;
    private final PostgresSchema schema;
    private final ReentrantLock using = new ReentrantLock();
    private @Nullable Connection connection;

    /** The database at this place; nothing is opened yet. */
    public PostgresDatabase(PostgresServer server) {
        this.server = requireNonNull(server, "server is null");
        this.schema = new PostgresSchema(server, this);
    }

    @Override
    public int version() {
        return schema.version();
    }

    @Override
    public void create() {
        schema.create();
    }

    @Override
    public <T> T call(Safety safety, Work<T> work) {
        using.lock();
        try {
            return call(work);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            using.unlock();
        }
    }

    @Override
    public String now() {
        return "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    }

    /** Keeps the lock from changing hands between a write's look at it and the write's end. */
    @Override
    public String share() {
        return " FOR SHARE";
    }

    @Override
    public String toString() {
        return server.toString();
    }

    @Override
    public void close() {
        using.lock();
        try {
            drop();
        } finally {
            using.unlock();
        }
    }

    Failure failure(SQLException e) {
        return isMomentary(e)
                ? StateFailures.unreachable(toString(), CHECK, e)
                : StateFailures.refused(toString(), CHECK, e);
    }

    /**
     * Whether it is no answer, or says that it may be otherwise soon: broken, without room for more connections (class 53), ended
     * by a time limit (57014), or in another's way.
     */
    static boolean isMomentary(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return isBroken(e) || state.startsWith("53") || state.equals("57014") || TRY_AGAIN.contains(state);
    }

    private <T> T call(Work<T> work) throws SQLException {
        int left = TRIES;
        while (true) {
            boolean kept = connection != null;
            try {
                return work.on(connection());
            } catch (SQLException e) {
                left--;
                boolean again = TRY_AGAIN.contains(e.getSQLState());
                if (!again) {
                    drop();
                }
                // A connection that was kept may have broken long ago; a new one that fails says how things are now.
                if (left == 0 || !(again || (kept && isBroken(e)))) {
                    throw e;
                }
            }
        }
    }

    /** Whether the connection is at fault: classes 08 and 57 (appendix A), or no answer at all. */
    private static boolean isBroken(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = connect(server);
        }
        return connection;
    }

    static Connection connect(PostgresServer server) throws SQLException {
        return requireNonNull(
                new Driver().connect(server.url(), server.properties()), "the driver refused its own URL");
    }

    private void drop() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                // It is of no use any more, whatever it says.
            }
        }
    }
}
