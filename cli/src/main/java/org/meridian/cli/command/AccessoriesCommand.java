package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists services that keep data and outlive releases; its subcommands work on one. */
@Command(
        name = "accessories",
        synopsisSubcommandLabel = "[list | logs | exec | restart | upgrade | backup | restore | remove]",
        description = {
            "Lists the services that keep data on the app's machine, which releases neither start again nor remove.",
            "Its subcommands work on one of them, by its name in the Compose file."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  meridian accessories",
            "  meridian accessories backup db",
            "  meridian accessories upgrade db"
        })
final class AccessoriesCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    private AccessoriesCommand(Session session) {
        this.session = session;
    }

    /** The command with its subcommands. */
    static CommandLine with(Session session) {
        return new CommandLine(new AccessoriesCommand(session))
                .addSubcommand(new AccessoriesListCommand(session))
                .addSubcommand(new AccessoriesLogsCommand(session))
                .addSubcommand(AccessoriesExecCommand.with(session))
                .addSubcommand(new AccessoriesRestartCommand(session))
                .addSubcommand(new AccessoriesUpgradeCommand(session))
                .addSubcommand(new AccessoriesBackupCommand(session))
                .addSubcommand(new AccessoriesRestoreCommand(session))
                .addSubcommand(new AccessoriesRemoveCommand(session));
    }

    @Override
    public Integer call() {
        return list(session, json.wanted());
    }

    static int list(Session session, boolean json) {
        return session.withApp(json, "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Accessories(meridian.accessories().list()));
            return ExitCode.DONE;
        });
    }
}
