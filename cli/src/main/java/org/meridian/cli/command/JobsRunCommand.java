package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.view.Attachment;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a job now. */
@Command(
        name = "run",
        description = {
            "Runs a job now, on the server that has its schedule, unless it runs already (exit code 75), and shows its output.",
            "Ends with the job's exit code. Ctrl-C ends the showing; the job goes on, and its history has the end of it."
        },
        footer = {"", "Examples:", "  meridian jobs run digest"})
final class JobsRunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The job, as it is called in the configuration.")
    private String name = "";

    private final Session session;

    JobsRunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.attended(false, (meridian, view) -> {
            Server place = meridian.beginJob(name);
            try (RemoteProcess process = meridian.startJob(name, place)) {
                return new Attachment(session.console()).attach(process, false);
            }
        });
    }
}
