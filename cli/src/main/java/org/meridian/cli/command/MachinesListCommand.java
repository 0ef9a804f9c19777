package org.meridian.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists machines. */
@Command(
        name = "list",
        description = "Lists the machines that have servers of the app, and which releases have users there.",
        footer = {
            "",
            "Examples:",
            "  meridian machines list",
            "  meridian machines list --json | jq -r '.machines[].name'"
        })
final class MachinesListCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    MachinesListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return MachinesCommand.list(session, json.wanted());
    }
}
