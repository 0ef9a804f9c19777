package org.meridian.cli.command;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what runs where. */
@Command(
        name = "status",
        description = {
            "Shows which release runs where, which servers are healthy and who gets traffic; and which workers, jobs and",
            "services that keep data run where, and how that goes. Each server is asked once, all at the same time."
        },
        footer = {
            "",
            "Examples:",
            "  meridian status",
            "  meridian status --json | jq .release",
            "  meridian status --json | jq -r '.services.workers[] | select(.state != \"running\") | .server'"
        })
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Status(meridian.status(), Instant.now()));
            return ExitCode.DONE;
        });
    }
}
