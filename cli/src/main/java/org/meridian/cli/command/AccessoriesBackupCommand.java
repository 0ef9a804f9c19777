package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.AccessoryWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a backup of a service that keeps data. */
@Command(
        name = "backup",
        description = {
            "Writes a backup of a service that keeps data on its machine, below /var/backups/meridian or where backup.to says, and",
            "removes the oldest ones. The command is the database's own tool, or what services.NAME.backup says. With --list shows",
            "what there is."
        },
        footer = {"", "Examples:", "  meridian accessories backup db", "  meridian accessories backup db --list"})
final class AccessoriesBackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The service.", index = "0")
    private String service = "";

    @Option(names = "--list", description = "Show the backups that there are, oldest first, and make none.")
    private boolean list;

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    AccessoriesBackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "A backup that was cut off counts for nothing; run it again.", (opened, view) -> {
            AccessoryWork accessories = lock.patient(opened).accessories();
            if (list) {
                view.show(new Report.Verbatim(String.join("\n", accessories.backups(service)) + "\n"));
                return ExitCode.DONE;
            }
            view.show(new Report.Done("Backed up " + service + ": " + accessories.backUp(service) + " bytes."));
            return ExitCode.DONE;
        });
    }
}
