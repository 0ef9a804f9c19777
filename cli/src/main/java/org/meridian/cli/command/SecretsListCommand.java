package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists secrets' names. */
@Command(
        name = "list",
        description = {
            "Lists the names of each region's secrets with the source and the version that they are from.",
            "Names that the Compose file or 'required' wants and that nothing gives are marked as missing."
        },
        footer = {
            "",
            "Examples:",
            "  meridian secrets list",
            "  meridian secrets list --json | jq '.regions[] | select(.missing != [])'"
        })
final class SecretsListCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    SecretsListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return show(session, json.wanted());
    }

    static int show(Session session, boolean json) {
        return session.withApp(json, "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Secrets(meridian.secrets()));
            return ExitCode.DONE;
        });
    }
}
