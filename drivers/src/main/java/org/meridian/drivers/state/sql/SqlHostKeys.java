package org.meridian.drivers.state.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HostKeyPin;
import org.meridian.drivers.state.StateJson;
import org.meridian.drivers.state.sql.SqlDatabase.Safety;

/** The rows of {@code meridian_host_key}, one for each machine. */
final class SqlHostKeys {
    /** The version of the tables that has it. */
    static final int SINCE_VERSION = 4;

    private final SqlDatabase database;
    private final String app;

    SqlHostKeys(SqlDatabase database, AppName app) {
        this.database = database;
        this.app = app.value();
    }

    /** The text of a machine's pin. */
    Optional<String> of(String machine) {
        return database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT body FROM meridian_host_key WHERE app = ? AND machine = ?")) {
                statement.setString(1, app);
                statement.setString(2, machine);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    void save(HostKeyPin pin) {
        int unused = database.call(Safety.POWER, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO meridian_host_key (app, machine, body) VALUES (?, ?, ?)"
                            + " ON CONFLICT (app, machine) DO UPDATE SET body = excluded.body")) {
                statement.setString(1, app);
                statement.setString(2, pin.machine());
                statement.setString(3, StateJson.write(pin));
                return statement.executeUpdate();
            }
        });
    }

    void forget(String machine) {
        int unused = database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM meridian_host_key WHERE app = ? AND machine = ?")) {
                statement.setString(1, app);
                statement.setString(2, machine);
                return statement.executeUpdate();
            }
        });
    }
}
