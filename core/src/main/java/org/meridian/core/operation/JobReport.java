package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Job;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/**
 * What is run by schedule, where, and how that goes.
 *
 * @param rows by region, then by name
 */
public record JobReport(List<Row> rows) {
    /** Copies the rows. */
    public JobReport {
        rows = List.copyOf(rows);
    }

    /**
     * One job of the release that serves its region.
     *
     * @param name    its name
     * @param region  where it runs
     * @param release the release
     * @param job     what it is
     * @param server  the server that has its schedule, or should have
     * @param state   what that says of it; empty where it can't be asked
     * @param last    its last run that is remembered, wherever that was
     * @param problem why it can't be asked
     */
    public record Row(
            String name,
            RegionName region,
            ReleaseId release,
            Job job,
            ServerName server,
            Optional<JobState> state,
            Optional<JobRun> last,
            Optional<String> problem) {
        /** Checks that no part is null. */
        public Row {
            requireNonNull(name, "name is null");
            requireNonNull(region, "region is null");
            requireNonNull(release, "release is null");
            requireNonNull(job, "job is null");
            requireNonNull(server, "server is null");
            requireNonNull(state, "state is null");
            requireNonNull(last, "last is null");
            requireNonNull(problem, "problem is null");
        }
    }
}
