package org.meridian.cli.command;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who holds the lock. */
@Command(
        name = "status",
        description = "Shows who holds the app's lock, for what, since when and why.",
        footer = {"", "Examples:", "  meridian lock status", "  meridian lock status --json | jq -r .locked.by"})
final class LockStatusCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    LockStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return show(session, json.wanted());
    }

    static int show(Session session, boolean json) {
        return session.withApp(json, "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Lock(meridian.lock(), Instant.now()));
            return ExitCode.DONE;
        });
    }
}
