package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sums up what was written in the last day; something that runs by schedule, and says who ran it. */
final class Digest {
    private static final String WRITE = """
            INSERT INTO digests (posts, release_name, region, server)
            SELECT COUNT(*), ?, ?, ? FROM posts WHERE created_at > NOW() - INTERVAL 1 DAY""";

    private final Database database;
    private final Identity who;

    /** The digest, as this process writes it. */
    Digest(Database database, Identity who) {
        this.database = requireNonNull(database, "database is null");
        this.who = requireNonNull(who, "who is null");
    }

    /** Writes one; throws an SQLException when the database does not answer. */
    void write() throws SQLException {
        database.write(this::insert);
    }

    private int insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            insert.setString(1, who.release());
            insert.setString(2, who.region());
            insert.setString(3, who.server());
            return insert.executeUpdate();
        }
    }
}
