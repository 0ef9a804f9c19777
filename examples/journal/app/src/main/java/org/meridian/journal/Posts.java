package org.meridian.journal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The posts of the blog. Every method throws an SQLException when the database does not answer. */
interface Posts {
    /** The newest posts, newest first. */
    List<Post> newest(int limit) throws SQLException;

    /** One post. A post that was added is found from then on, in every region. */
    Optional<Post> find(long id) throws SQLException;

    /** Adds a post, and with it the job of counting its words; returns its id. */
    long add(String title, String body) throws SQLException;
}
