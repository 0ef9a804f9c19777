package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.AccessoryWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts a service that keeps data again. */
@Command(
        name = "restart",
        description = {
            "Starts a service that keeps data again, as it is. It is away for some seconds meanwhile; its data stays.",
            "Naming it is the confirmation."
        },
        footer = {"", "Examples:", "  meridian accessories restart db"})
final class AccessoriesRestartCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The service.", index = "0")
    private String service = "";

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    AccessoriesRestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run it again: it may be half done.", (opened, view) -> {
            AccessoryWork accessories = lock.patient(opened).accessories();
            accessories.restart(service);
            view.show(new Report.Done("Restarted " + service + "."));
            return ExitCode.DONE;
        });
    }
}
