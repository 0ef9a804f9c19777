package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists machines; its subcommands work on them one after another. */
@Command(
        name = "machines",
        synopsisSubcommandLabel = "[list | drain | reboot | replace]",
        description = {
            "Lists the machines that have servers of the app.",
            "Its subcommands work on machines one after another while the others serve, the primary region's last."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  meridian machines",
            "  meridian machines reboot ops@lab-1",
            "  meridian machines replace --region eu-west"
        })
final class MachinesCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    private MachinesCommand(Session session) {
        this.session = session;
    }

    /** The command with its subcommands. */
    static CommandLine with(Session session) {
        return new CommandLine(new MachinesCommand(session))
                .addSubcommand(new MachinesListCommand(session))
                .addSubcommand(new MachinesDrainCommand(session))
                .addSubcommand(new MachinesRebootCommand(session))
                .addSubcommand(new MachinesReplaceCommand(session));
    }

    @Override
    public Integer call() {
        return list(session, json.wanted());
    }

    static int list(Session session, boolean json) {
        return session.withApp(json, "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Machines(meridian.machines().list()));
            return ExitCode.DONE;
        });
    }
}
