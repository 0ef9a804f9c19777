package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.MachineWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts new machines in the place of those that Meridian made. */
@Command(
        name = "replace",
        description = {
            "Puts new machines in the place of machines that Meridian made, one after another: with today's image of the system,",
            "and with the size that the configuration says. The region has one server more meanwhile, so that it never has fewer."
        },
        footer = {
            "",
            "Examples:",
            "  meridian machines replace journal-eu-west-m1",
            "  meridian machines replace --region eu-west"
        })
final class MachinesReplaceCommand implements Callable<Integer> {
    @Mixin
    private MachineOptions options = new MachineOptions();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    MachinesReplaceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(
                false, "Run 'meridian scale' to give every region its number of servers again.", (opened, view) -> {
                    MachineWork work = lock.patient(opened).machines();
                    work.replace(options.request(), options.confirm(session, view, "replace"));
                    view.show(new Report.Done("Replaced; the new ones are in traffic."));
                    return ExitCode.DONE;
                });
    }
}
