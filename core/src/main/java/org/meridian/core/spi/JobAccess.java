package org.meridian.core.spi;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess.RemoteProcess;

/**
 * Looks at what servers run by schedule, and runs it by hand.
 *
 * <p>Every call throws {@link org.meridian.core.diagnostic.Failure} with the server's name in it when it fails.
 */
public interface JobAccess {
    /** What the server says of each job of its release; nothing where that has none. */
    List<JobState> states(Server server) throws InterruptedException;

    /** The runs that the server remembers, oldest first; with their output where one job is named, and then no others. */
    List<JobRun> runs(Server server, Optional<String> job) throws InterruptedException;

    /**
     * Starts a run of a job of the server's release now, unless it runs already: then it ends with {@link #RUNS_ALREADY}. To be
     * closed, which does not end it.
     */
    RemoteProcess run(Server server, String job) throws InterruptedException;

    /** The exit code that says that the job runs already (sysexits.h, EX_TEMPFAIL). */
    int RUNS_ALREADY = 75;
}
