package org.meridian.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists services that keep data and outlive releases. */
@Command(
        name = "list",
        description = {
            "Lists the services that keep data on the app's machine, their data and last backup, and whether the Compose file",
            "says something else of them by now. Looks and changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  meridian accessories list",
            "  meridian accessories list --json | jq -r '.accessories[].name'"
        })
final class AccessoriesListCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    AccessoriesListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return AccessoriesCommand.list(session, json.wanted());
    }
}
