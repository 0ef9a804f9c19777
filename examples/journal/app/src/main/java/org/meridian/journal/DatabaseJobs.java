package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The queue in the primary, which the workers of all servers and regions share. A job says who took it, when it was taken
 * and when it was finished. One whose worker died is free again after a minute.
 */
final class DatabaseJobs implements Jobs {
    private static final String NEXT = """
            SELECT id, post_id, attempts FROM jobs
            WHERE finished_at IS NULL AND (taken_at IS NULL OR taken_at < NOW(6) - INTERVAL 1 MINUTE)
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED""";
    private static final String TAKE = """
            UPDATE jobs SET attempts = ?, release_name = ?, region = ?, server = ?, taken_at = NOW(6) WHERE id = ?""";
    private static final String FINISH = """
            UPDATE jobs SET finished_at = NOW(6) WHERE id = ? AND attempts = ? AND finished_at IS NULL""";

    private final Database database;
    private final Identity worker;

    /** The queue, for this worker. */
    DatabaseJobs(Database database, Identity worker) {
        this.database = requireNonNull(database, "database is null");
        this.worker = requireNonNull(worker, "worker is null");
    }

    /** {@inheritDoc} Two who ask at once get two jobs: each skips the row that the other one holds. */
    @Override
    public Optional<Job> take() throws SQLException {
        return database.change(connection -> {
            Optional<Job> next = next(connection);
            if (next.isPresent()) {
                take(connection, next.get());
            }
            return next;
        });
    }

    private static Optional<Job> next(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NEXT)) {
            return row.next()
                    ? Optional.of(new Job(row.getLong("id"), row.getLong("post_id"), row.getInt("attempts") + 1))
                    : Optional.empty();
        }
    }

    private void take(Connection connection, Job job) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TAKE)) {
            update.setInt(1, job.attempt());
            update.setString(2, worker.release());
            update.setString(3, worker.region());
            update.setString(4, worker.server());
            update.setLong(5, job.id());
            update.executeUpdate();
        }
    }

    @Override
    public boolean finish(Job job, int words) throws SQLException {
        return database.change(connection -> {
            boolean ours = finish(connection, job);
            if (ours) {
                count(connection, job, words);
            }
            return ours;
        });
    }

    private static boolean finish(Connection connection, Job job) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(FINISH)) {
            update.setLong(1, job.id());
            update.setInt(2, job.attempt());
            return update.executeUpdate() == 1;
        }
    }

    private static void count(Connection connection, Job job, int words) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE posts SET words = ? WHERE id = ?")) {
            update.setInt(1, words);
            update.setLong(2, job.post());
            update.executeUpdate();
        }
    }
}
