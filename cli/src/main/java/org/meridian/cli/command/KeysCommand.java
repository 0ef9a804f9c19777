package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the keys that open the app's machines; its subcommand replaces the deploy key. */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "[rotate]",
        description = {
            "Lists the deploy key and, for each machine, the fingerprints of the keys that may log in there.",
            "Looks and changes nothing."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  meridian keys",
            "  meridian keys --json | jq -r '.machines[] | select(.problem) | .name'",
            "  meridian keys rotate --new env:NEW_DEPLOY_KEY"
        })
final class KeysCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    private KeysCommand(Session session) {
        this.session = session;
    }

    /** The command with its subcommand. */
    static CommandLine with(Session session) {
        return new CommandLine(new KeysCommand(session)).addSubcommand(new KeysRotateCommand(session));
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Keys(meridian.keys()));
            return ExitCode.DONE;
        });
    }
}
