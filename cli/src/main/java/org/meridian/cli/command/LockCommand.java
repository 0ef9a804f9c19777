package org.meridian.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who holds the lock; its subcommands take it and release it. */
@Command(
        name = "lock",
        synopsisSubcommandLabel = "[status | acquire | release]",
        description = {
            "Shows, takes or releases the app's lock, without which nothing is changed.",
            "Every command that changes something takes it by itself; this is for keeping others out longer."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  meridian lock",
            "  meridian lock acquire --message \"database maintenance until noon\"",
            "  meridian lock release"
        })
final class LockCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    private LockCommand(Session session) {
        this.session = session;
    }

    /** The command with its subcommands. */
    static CommandLine with(Session session) {
        return new CommandLine(new LockCommand(session))
                .addSubcommand(new LockStatusCommand(session))
                .addSubcommand(new LockAcquireCommand(session))
                .addSubcommand(new LockReleaseCommand(session));
    }

    @Override
    public Integer call() {
        return LockStatusCommand.show(session, json.wanted());
    }
}
