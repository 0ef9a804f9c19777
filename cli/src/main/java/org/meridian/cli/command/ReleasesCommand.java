package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the releases. */
@Command(
        name = "releases",
        description = "Lists the releases and how their last rollouts ended, newest first.",
        footer = {"", "Examples:", "  meridian releases", "  meridian releases --json | jq '.releases[].label'"})
final class ReleasesCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    ReleasesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Releases(meridian.releases(), meridian.rollouts()));
            return ExitCode.DONE;
        });
    }
}
