package org.meridian.drivers.state.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.AppName;
import org.meridian.core.model.AuditEntry;
import org.meridian.drivers.state.StateJson;
import org.meridian.drivers.state.sql.SqlDatabase.Safety;

/** The rows of {@code meridian_audit}, which are only ever added. */
final class SqlAudit {
    /** The version of the tables that has it. */
    static final int SINCE_VERSION = 2;

    private final SqlDatabase database;
    private final String app;

    SqlAudit(SqlDatabase database, AppName app) {
        this.database = database;
        this.app = app.value();
    }

    void add(AuditEntry entry) {
        String body = StateJson.write(entry);
        int unused = database.call(Safety.POWER, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO meridian_audit (app, at, digest, body)"
                            + " VALUES (?, ?, ?, ?) ON CONFLICT (app, digest) DO NOTHING")) {
                statement.setString(1, app);
                statement.setLong(2, StateJson.nanos(entry.at()));
                statement.setString(3, StateJson.digest(body));
                statement.setString(4, body);
                return statement.executeUpdate();
            }
        });
    }

    /** The texts of the newest entries, newest first. */
    List<String> newest(int most) {
        return database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT body FROM meridian_audit WHERE app = ? ORDER BY at DESC LIMIT ?")) {
                statement.setString(1, app);
                statement.setInt(2, most);
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
}
