package org.meridian.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Posts in memory, in a database that can be down and that counts how often it is asked. */
final class FakePosts implements Posts {
    private final List<Post> posts = new ArrayList<>();
    boolean down;
    int asked;

    @Override
    public synchronized List<Post> newest(int limit) throws SQLException {
        ask();
        return posts.reversed().stream().limit(limit).toList();
    }

    @Override
    public synchronized Optional<Post> find(long id) throws SQLException {
        ask();
        return posts.stream().filter(post -> post.id() == id).findFirst();
    }

    @Override
    public synchronized long add(String title, String body) throws SQLException {
        ask();
        long id = posts.size() + 1L;
        posts.add(new Post(id, title, body, Instant.EPOCH, OptionalInt.empty()));
        return id;
    }

    synchronized int count() {
        return posts.size();
    }

    private void ask() throws SQLException {
        asked++;
        if (down) {
            throw new SQLException("the database is down");
        }
    }
}
