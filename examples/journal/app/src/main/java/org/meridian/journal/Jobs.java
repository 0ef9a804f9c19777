package org.meridian.journal;

import java.sql.SQLException;
import java.util.Optional;

/** The queue of jobs. Every method throws an SQLException when the database does not answer. */
interface Jobs {
    /** Takes the oldest job that nobody has; empty when there is none. Nobody else gets it for a minute. */
    Optional<Job> take() throws SQLException;

    /**
     * Says that a job is done, with how many words the post has.
     *
     * @return false when somebody else has taken the job since, whose result counts
     */
    boolean finish(Job job, int words) throws SQLException;
}
