package org.meridian.cli.world;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The example's queue of jobs, in a database of its own beside the example's. */
final class JobQueue implements AutoCloseable {
    private static final String SERVER = "database-eu";

    private final String database;

    private JobQueue(String database) {
        this.database = database;
    }

    /** An empty database, in which the example's user may do what it wants. */
    static JobQueue inEmptyDatabase(String name) {
        JobQueue queue = new JobQueue(name);
        queue.close();
        sql("CREATE DATABASE " + name + " CHARACTER SET utf8mb4; GRANT ALL ON " + name + ".* TO journal@'%'");
        return queue;
    }

    /** How many tables the database has. */
    int tables() {
        return number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" + database + "'");
    }

    /** How many posts were written; each has put one job into the queue. */
    int posts() {
        return number("SELECT COUNT(*) FROM " + database + ".posts");
    }

    /** How many jobs nobody has finished. */
    int unfinished() {
        return number("SELECT COUNT(*) FROM " + database + ".jobs WHERE finished_at IS NULL");
    }

    /** All jobs that were taken, oldest first. */
    List<Job> taken() {
        return sql("SELECT id, attempts, region, release_name, server, UNIX_TIMESTAMP(taken_at) FROM " + database
                        + ".jobs WHERE attempts > 0 ORDER BY id")
                .lines()
                .map(line -> Job.read(line.split("\t")))
                .toList();
    }

    /** The digests that were written, oldest first. */
    List<Digest> digests() {
        return sql("SELECT release_name, server FROM " + database + ".digests ORDER BY id")
                .lines()
                .map(line -> line.split("\t"))
                .map(row -> new Digest(row[0], row[1]))
                .toList();
    }

    private static int number(String query) {
        return Integer.parseInt(sql(query));
    }

    private static String sql(String statements) {
        return Shell.docker(
                "exec", SERVER, "mariadb", "--user=root", "--batch", "--skip-column-names", "-e", statements);
    }

    @Override
    public void close() {
        sql("DROP DATABASE IF EXISTS " + database);
    }

    /** A digest, by who wrote it. */
    record Digest(String release, String server) {}

    /**
     * A job that was taken.
     *
     * @param attempts how often
     */
    record Job(long id, int attempts, String region, String release, String server, Instant takenAt) {
        private static Job read(String[] row) {
            Instant takenAt =
                    Instant.EPOCH.plus(new BigDecimal(row[5]).movePointRight(6).longValueExact(), ChronoUnit.MICROS);
            return new Job(Long.parseLong(row[0]), Integer.parseInt(row[1]), row[2], row[3], row[4], takenAt);
        }
    }
}
