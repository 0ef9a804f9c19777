package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what is run by schedule; its subcommands run it by hand and tell how its runs went. */
@Command(
        name = "jobs",
        synopsisSubcommandLabel = "[list | run | history | check]",
        description = {
            "Lists what is run by schedule ('jobs' in the configuration): where, when next, and how the last run went.",
            "Looks and changes nothing."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  meridian jobs",
            "  meridian jobs --json | jq -r '.jobs[] | select(.last.end != \"ok\") | .name'",
            "  meridian jobs run digest",
            "  meridian jobs history digest",
            "  meridian jobs check"
        })
final class JobsCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    private JobsCommand(Session session) {
        this.session = session;
    }

    /** The command with its subcommands. */
    static CommandLine with(Session session) {
        return new CommandLine(new JobsCommand(session))
                .addSubcommand(new JobsListCommand(session))
                .addSubcommand(new JobsRunCommand(session))
                .addSubcommand(new JobsHistoryCommand(session))
                .addSubcommand(new JobsCheckCommand(session));
    }

    @Override
    public Integer call() {
        return list(session, json.wanted());
    }

    static int list(Session session, boolean json) {
        return session.attended(json, (meridian, view) -> {
            view.show(new Report.Jobs(meridian.jobs()));
            return ExitCode.DONE;
        });
    }
}
