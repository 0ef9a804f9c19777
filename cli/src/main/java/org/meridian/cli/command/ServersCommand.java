package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the servers. */
@Command(
        name = "servers",
        description = "Lists every server that Meridian made for the app.",
        footer = {"", "Examples:", "  meridian servers", "  meridian servers --json | jq '.servers[].address'"})
final class ServersCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    ServersCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Servers(meridian.servers()));
            return ExitCode.DONE;
        });
    }
}
