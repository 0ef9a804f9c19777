package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The posts in MariaDB, read from the region's replica where that will do. */
final class DatabasePosts implements Posts {
    private static final String COLUMNS =
            "SELECT id, title, body, UNIX_TIMESTAMP(created_at) AS created, words FROM posts";

    private final Database database;

    DatabasePosts(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public List<Post> newest(int limit) throws SQLException {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COLUMNS + " ORDER BY id DESC LIMIT ?")) {
                statement.setInt(1, limit);
                return posts(statement);
            }
        });
    }

    /**
     * {@inheritDoc} What the replica does not have is looked for in the primary: a writer is sent to the new post at
     * once, and the replica may not have it yet.
     */
    @Override
    public Optional<Post> find(long id) throws SQLException {
        Optional<Post> found = database.read(connection -> find(connection, id));
        return found.isEmpty() && database.hasReplica() ? database.write(connection -> find(connection, id)) : found;
    }

    private static Optional<Post> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + " WHERE id = ?")) {
            statement.setLong(1, id);
            return posts(statement).stream().findFirst();
        }
    }

    /** {@inheritDoc} Both or neither: a post without its job would never be counted. */
    @Override
    public long add(String title, String body) throws SQLException {
        return database.change(connection -> {
            long id = insert(connection, title, body);
            enqueue(connection, id);
            return id;
        });
    }

    private static long insert(Connection connection, String title, String body) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO posts (title, body) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            statement.setString(1, title);
            statement.setString(2, body);
            statement.executeUpdate();
            return onlyKey(statement);
        }
    }

    private static void enqueue(Connection connection, long post) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO jobs (post_id) VALUES (?)")) {
            statement.setLong(1, post);
            statement.executeUpdate();
        }
    }

    private static long onlyKey(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            if (!keys.next()) {
                throw new SQLException("the database gave the new post no id");
            }
            return keys.getLong(1);
        }
    }

    private static List<Post> posts(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<Post> posts = new ArrayList<>();
            while (rows.next()) {
                posts.add(post(rows));
            }
            return posts;
        }
    }

    private static Post post(ResultSet row) throws SQLException {
        Integer words = row.getObject("words", Integer.class);
        return new Post(
                row.getLong("id"),
                row.getString("title"),
                row.getString("body"),
                Instant.ofEpochSecond(row.getLong("created")),
                words == null ? OptionalInt.empty() : OptionalInt.of(words));
    }
}
