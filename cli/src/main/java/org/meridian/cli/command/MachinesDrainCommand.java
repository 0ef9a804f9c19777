package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.MachineWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes machines out of traffic. */
@Command(
        name = "drain",
        description = {
            "Takes machines out of traffic, and their workers with them, as long as somebody works on them. With --end, or with the",
            "next deploy or scale, users come back."
        },
        footer = {"", "Examples:", "  meridian machines drain ops@lab-1", "  meridian machines drain ops@lab-1 --end"})
final class MachinesDrainCommand implements Callable<Integer> {
    @Mixin
    private MachineOptions options = new MachineOptions();

    @Option(names = "--end", description = "Give them their users back, once they are healthy.")
    private boolean end;

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    MachinesDrainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run 'meridian scale' to give users back.", (opened, view) -> {
            MachineWork work = lock.patient(opened).machines();
            if (end) {
                work.undrain(options.request(), options.confirm(session, view, "put back"));
                view.show(new Report.Done("They have users again."));
            } else {
                work.drain(options.request(), options.confirm(session, view, "drain"));
                view.show(new Report.Done(
                        "They have no users any more. 'meridian machines drain --end' gives them back."));
            }
            return ExitCode.DONE;
        });
    }
}
