package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.JobHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells the team of failed runs. */
@Command(
        name = "check",
        description = {
            "Tells of each failed run once, wherever 'notify' in the configuration says, and lists them; exit code 1 if there are any.",
            "Servers have no secrets for this, so let CI or cron run it: what failed since the last time is told."
        },
        footer = {"", "Examples:", "  meridian jobs check", "  */10 * * * * cd /srv/journal && meridian jobs check"})
final class JobsCheckCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    JobsCheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.attended(json.wanted(), (meridian, view) -> {
            JobHistory failed = meridian.checkJobs();
            view.show(new Report.JobRuns(failed.runs()));
            view.problems(failed.problems());
            return failed.runs().isEmpty() && failed.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        });
    }
}
