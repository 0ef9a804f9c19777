package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.MachineWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reboots machines one after another. */
@Command(
        name = "reboot",
        description = {
            "Reboots machines one after another. Users and workers leave each one first, and come back once it is healthy again;",
            "the next one is rebooted only then."
        },
        footer = {
            "",
            "Examples:",
            "  meridian machines reboot ops@lab-1",
            "  meridian machines reboot --region eu-west",
            "  meridian machines reboot --yes"
        })
final class MachinesRebootCommand implements Callable<Integer> {
    @Mixin
    private MachineOptions options = new MachineOptions();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    MachinesRebootCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(
                false,
                "Run 'meridian scale': it gives the users back of a machine that was away, once it runs.",
                (opened, view) -> {
                    MachineWork work = lock.patient(opened).machines();
                    work.reboot(options.request(), options.confirm(session, view, "reboot"));
                    view.show(new Report.Done("Rebooted; all are back in traffic."));
                    return ExitCode.DONE;
                });
    }
}
