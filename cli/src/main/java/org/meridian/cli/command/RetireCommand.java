package org.meridian.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;

/** Destroys what was kept warm for long enough. */
@Command(
        name = "retire",
        description = {
            "Destroys the servers of former releases that were kept warm for long enough.",
            "A deploy does it too; this is for the time between deploys."
        },
        footer = {"", "Examples:", "  meridian retire"})
final class RetireCommand implements Callable<Integer> {
    private final Session session;

    RetireCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run 'meridian retire' again to finish it.", (meridian, view) -> {
            List<String> retired = meridian.retire();
            view.show(new Report.Done(
                    retired.isEmpty() ? "Nothing to retire." : "Retired " + String.join(", ", retired) + "."));
            return ExitCode.DONE;
        });
    }
}
