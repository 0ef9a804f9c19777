package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares the regions' secrets. */
@Command(
        name = "diff",
        description = "Shows which secrets differ between regions, and which regions have equal ones, never a value.",
        footer = {"", "Examples:", "  meridian secrets diff", "  meridian secrets diff --json | jq -r '.differ[].name'"
        })
final class SecretsDiffCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    SecretsDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.SecretsDiff(meridian.secrets()));
            return ExitCode.DONE;
        });
    }
}
