package org.meridian.drivers.state.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.JournalEntry;
import org.meridian.drivers.state.Fence;
import org.meridian.drivers.state.StateJson;
import org.meridian.drivers.state.sql.SqlDatabase.Safety;

/** Records, journal and answers as rows of text. Writes tell whether the lock was held as their fence says. */
final class SqlTables {
    /** The version of the tables that has identities. */
    static final int IDENTITY_SINCE_VERSION = 3;

    /** So many entries in one statement keep it below the parameters that SQLite and PostgreSQL take. */
    private static final int ENTRIES = 1000;

    private final SqlDatabase database;
    private final String app;
    private final SqlStatements sql;

    SqlTables(SqlDatabase database, AppName app) {
        this.database = database;
        this.app = app.value();
        this.sql = new SqlStatements(database);
    }

    List<String> records(String kind) {
        return texts("SELECT body FROM meridian_record WHERE app = ? AND kind = ? ORDER BY number", statement -> {
            statement.setString(1, app);
            statement.setString(2, kind);
        });
    }

    boolean save(Fence fence, String kind, int number, String body) {
        return database.call(Safety.POWER, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.save)) {
                statement.setString(1, kind);
                statement.setInt(2, number);
                statement.setString(3, body);
                statement.setString(4, app);
                fence(statement, 5, fence);
                return statement.executeUpdate() > 0;
            }
        });
    }

    List<String> journal(int rollout) {
        return texts("SELECT body FROM meridian_journal WHERE app = ? AND rollout = ? ORDER BY position", statement -> {
            statement.setString(1, app);
            statement.setInt(2, rollout);
        });
    }

    /** Adds those entries that are not there yet, all or none of them, and returns how many. */
    int append(Fence fence, List<JournalEntry> entries) {
        return database.call(
                Safety.PROCESS,
                connection -> entries.size() <= ENTRIES
                        ? insert(connection, fence, entries)
                        : insertTogether(connection, fence, entries));
    }

    Optional<String> answer(int rollout) {
        return texts("SELECT body FROM meridian_answer WHERE app = ? AND rollout = ?", statement -> {
                    statement.setString(1, app);
                    statement.setInt(2, rollout);
                })
                .stream()
                .findFirst();
    }

    void saveAnswer(int rollout, String body) {
        int unused = database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO meridian_answer (app, rollout, body) VALUES (?, ?, ?)"
                            + " ON CONFLICT (app, rollout) DO UPDATE SET body = excluded.body")) {
                statement.setString(1, app);
                statement.setInt(2, rollout);
                statement.setString(3, body);
                return statement.executeUpdate();
            }
        });
    }

    void clear(Fence fence) {
        for (String table : List.of("meridian_answer", "meridian_host_key", "meridian_journal", "meridian_record")) {
            int unused = database.call(Safety.POWER, connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql.clear(table))) {
                    statement.setString(1, app);
                    fence(statement, 2, fence);
                    return statement.executeUpdate();
                }
            });
        }
    }

    /** The text of the app's identity; empty while it has none. */
    Optional<String> identity() {
        return texts("SELECT body FROM meridian_store WHERE app = ?", statement -> statement.setString(1, app)).stream()
                .findFirst();
    }

    boolean saveIdentity(Fence fence, String body) {
        return database.call(Safety.POWER, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.identify())) {
                statement.setString(1, body);
                statement.setString(2, app);
                fence(statement, 3, fence);
                return statement.executeUpdate() > 0;
            }
        });
    }

    private int insertTogether(Connection connection, Fence fence, List<JournalEntry> entries) throws SQLException {
        connection.setAutoCommit(false);
        int added = 0;
        try {
            for (int from = 0; from < entries.size(); from += ENTRIES) {
                added += insert(connection, fence, entries.subList(from, Math.min(from + ENTRIES, entries.size())));
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            giveUp(connection, e);
            throw e;
        }
        connection.setAutoCommit(true);
        return added;
    }

    /** What failed first is the reason; that the transaction has ended by itself is none. */
    private static void giveUp(Connection connection, Exception first) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    private int insert(Connection connection, Fence fence, List<JournalEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.append(entries.size()))) {
            int parameter = 1;
            for (int n = 0; n < entries.size(); n++) {
                String body = StateJson.write(entries.get(n));
                statement.setInt(parameter++, n);
                statement.setInt(parameter++, entries.get(n).rollout());
                statement.setString(parameter++, StateJson.digest(body));
                statement.setString(parameter++, body);
            }
            statement.setString(parameter++, app);
            fence(statement, parameter, fence);
            return statement.executeUpdate();
        }
    }

    private static void fence(PreparedStatement statement, int from, Fence fence) throws SQLException {
        statement.setLong(from, fence.token());
        statement.setString(from + 1, fence.claim());
    }

    private List<String> texts(String query, Parameters parameters) {
        return database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                parameters.set(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    List<String> texts = new ArrayList<>();
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    return texts;
                }
            }
        });
    }

    /** Fills in a statement. */
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
