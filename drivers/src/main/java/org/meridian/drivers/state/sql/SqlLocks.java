package org.meridian.drivers.state.sql;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.AppName;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.drivers.state.Claim;
import org.meridian.drivers.state.Fence;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.StateJson;
import org.meridian.drivers.state.sql.SqlDatabase.Safety;

/** The row of {@code meridian_lock}: its token only grows; it has a holder while the lock is held. */
final class SqlLocks {
    private final SqlDatabase database;
    private final String app;
    private final Duration lease;
    private final SqlStatements sql;

    SqlLocks(SqlDatabase database, AppName app, Duration lease) {
        this.database = database;
        this.app = app.value();
        this.lease = requireNonNull(lease, "lease is null");
        this.sql = new SqlStatements(database);
    }

    /** Takes the lock and returns what its writes bear; throws a Failure of kind LOCKED when somebody alive has it. */
    Fence take(Holder holder, String id) {
        Claim claim = Claim.of(id, holder, lease);
        database.call(Safety.POWER, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.makeRow)) {
                statement.setString(1, app);
                return statement.executeUpdate();
            }
        });
        Row row = row();
        while (!row.isOf(claim)) {
            if (row.alive()) {
                throw StateFailures.locked(requireNonNull(row.claim).holder());
            }
            // Whether this took it or somebody else was quicker, the row tells.
            replace(row, claim);
            row = row();
        }
        return new Fence(row.token, claim.id());
    }

    Optional<Holder> holder() {
        Row row = row();
        return row.alive() ? Optional.of(requireNonNull(row.claim).holder()) : Optional.empty();
    }

    Optional<Holder> release() {
        Row row = row();
        return row.claim != null && update(Safety.POWER, sql.giveBack, new Fence(row.token, row.claim.id()))
                ? Optional.of(row.claim.holder())
                : Optional.empty();
    }

    boolean renew(Fence fence) {
        return database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.renew)) {
                statement.setLong(1, lease.toMillis());
                statement.setString(2, app);
                statement.setLong(3, fence.token());
                statement.setString(4, fence.claim());
                return statement.executeUpdate() > 0;
            }
        });
    }

    boolean held(Fence fence) {
        return database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.held)) {
                statement.setString(1, app);
                statement.setLong(2, fence.token());
                statement.setString(3, fence.claim());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** Gives the lock back, if it is still held. */
    void giveBack(Fence fence) {
        boolean unused = update(Safety.PROCESS, sql.giveBack, fence);
    }

    private boolean update(Safety safety, String statementText, Fence fence) {
        return database.call(safety, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(statementText)) {
                statement.setString(1, app);
                statement.setLong(2, fence.token());
                statement.setString(3, fence.claim());
                return statement.executeUpdate() > 0;
            }
        });
    }

    private void replace(Row before, Claim claim) {
        int unused = database.call(Safety.POWER, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.take)) {
                statement.setString(1, StateJson.write(claim));
                if (claim.kept()) {
                    statement.setNull(2, Types.BIGINT);
                } else {
                    statement.setLong(2, lease.toMillis());
                }
                statement.setString(3, app);
                statement.setLong(4, before.token);
                // A dead process can't renew: its claim is replaced if it is still this very one.
                statement.setString(5, before.text);
                return statement.executeUpdate();
            }
        });
    }

    private Row row() {
        return database.call(Safety.PROCESS, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.row)) {
                statement.setString(1, app);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? row(row.getLong(1), row.getString(2), row.getBoolean(3))
                            : new Row(0, null, null, false);
                }
            }
        });
    }

    private Row row(long token, @Nullable String text, boolean over) {
        Claim claim = text == null ? null : StateJson.read(database.toString(), text, Claim.class);
        return new Row(token, text, claim, over);
    }

    /** The row as it was read; neither text nor claim while nobody has the lock. */
    private record Row(
            long token, @Nullable String text, @Nullable Claim claim, boolean over) {
        boolean isOf(Claim mine) {
            return claim != null && claim.id().equals(mine.id());
        }

        boolean alive() {
            return claim != null && !over && !claim.dead();
        }
    }
}
