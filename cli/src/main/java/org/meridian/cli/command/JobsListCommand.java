package org.meridian.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The same as the command without a subcommand, for who looks for the word. */
@Command(
        name = "list",
        description = "Lists what is run by schedule, as 'meridian jobs' does.",
        footer = {"", "Examples:", "  meridian jobs list", "  meridian jobs list --json | jq '.jobs[] | {name, next}'"})
final class JobsListCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    JobsListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return JobsCommand.list(session, json.wanted());
    }
}
