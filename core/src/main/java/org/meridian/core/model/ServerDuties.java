package org.meridian.core.model;

import java.util.List;
import java.util.Set;

/**
 * What a server says that its release does there beside answering requests.
 *
 * @param working    the workers that are to run there
 * @param containers of the release's workers, whether they run or not
 * @param jobs       the release's jobs
 * @param last       the last run of each job that the server remembers, without its output
 */
public record ServerDuties(
        Set<String> working, List<WorkerContainer> containers, List<JobState> jobs, List<JobRun> last) {
    /** Copies the collections. */
    public ServerDuties {
        working = Set.copyOf(working);
        containers = List.copyOf(containers);
        jobs = List.copyOf(jobs);
        last = List.copyOf(last);
    }
}
