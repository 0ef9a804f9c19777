package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells how jobs' runs went. */
@Command(
        name = "history",
        description = {
            "Lists the runs of jobs that servers remember, the last 20 of each job on each server; of one job with their output.",
            "What ran on a server is forgotten when that is retired."
        },
        footer = {
            "",
            "Examples:",
            "  meridian jobs history",
            "  meridian jobs history digest",
            "  meridian jobs history --json | jq '.runs[] | select(.exit_code != 0)'"
        })
final class JobsHistoryCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this job, with the output of its runs.")
    private @Nullable String name;

    private final Session session;

    JobsHistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.attended(json.wanted(), (meridian, view) -> {
            JobHistory history = meridian.jobRuns(Optional.ofNullable(name));
            view.show(new Report.JobRuns(history.runs()));
            view.problems(history.problems());
            return ExitCode.DONE;
        });
    }
}
