package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.AccessoryWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a service that keeps data again as the Compose file has it now. */
@Command(
        name = "upgrade",
        description = {
            "Makes a service that keeps data again as the Compose file has it now, with the same data.",
            "It is away for some seconds meanwhile. Naming it is the confirmation; deploys never do this."
        },
        footer = {"", "Examples:", "  meridian accessories backup db && meridian accessories upgrade db"})
final class AccessoriesUpgradeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The service.", index = "0")
    private String service = "";

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    AccessoriesUpgradeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run it again: it may be half done.", (opened, view) -> {
            AccessoryWork accessories = lock.patient(opened).accessories();
            accessories.upgrade(service);
            view.show(new Report.Done(service + " runs as the Compose file has it."));
            return ExitCode.DONE;
        });
    }
}
