package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.AccessoryWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup in the place of a service's data. */
@Command(
        name = "restore",
        description = {
            "Puts a backup in the place of the data of a service: the newest, or the one that --backup names.",
            "What was written since that backup is lost. Asks first."
        },
        footer = {
            "",
            "Examples:",
            "  meridian accessories restore db",
            "  meridian accessories restore db --backup 20260102T030405Z --yes"
        })
final class AccessoriesRestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The service.", index = "0")
    private String service = "";

    @Option(names = "--backup", paramLabel = "BACKUP", description = "Which one. Default: the newest.")
    private Optional<String> backup = Optional.empty();

    @Mixin
    private YesOption yes = new YesOption();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    AccessoriesRestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run it again: it may be half done.", (opened, view) -> {
            AccessoryWork accessories = lock.patient(opened).accessories();
            yes.on(session.console())
                    .require("restore", "This replaces the data of " + service + " by that of the backup. Go on?");
            view.show(new Report.Done("Restored " + service + " from " + accessories.restore(service, backup) + "."));
            return ExitCode.DONE;
        });
    }
}
