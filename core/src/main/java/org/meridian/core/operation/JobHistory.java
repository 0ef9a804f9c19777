package org.meridian.core.operation;

import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.JobRun;

/**
 * The runs of jobs that servers remember.
 *
 * @param runs     oldest first
 * @param problems of the servers that could not be asked
 */
public record JobHistory(List<JobRun> runs, List<Diagnostic> problems) {
    /** Copies the lists. */
    public JobHistory {
        runs = List.copyOf(runs);
        problems = List.copyOf(problems);
    }

    /** Those that did not end well. */
    public List<JobRun> failed() {
        return runs.stream().filter(run -> run.end() != JobRun.End.OK).toList();
    }
}
