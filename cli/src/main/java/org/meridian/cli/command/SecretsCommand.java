package org.meridian.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the secrets are called; its subcommands list and compare them. */
@Command(
        name = "secrets",
        synopsisSubcommandLabel = "[list | diff]",
        description = {
            "Shows what each region's secrets are called and where they are from, never a value.",
            "Every store is asked, so this tells whether a deploy could read them all."
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "Examples:", "  meridian secrets", "  meridian secrets diff"})
final class SecretsCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    private SecretsCommand(Session session) {
        this.session = session;
    }

    /** The command with its subcommands. */
    static CommandLine with(Session session) {
        return new CommandLine(new SecretsCommand(session))
                .addSubcommand(new SecretsListCommand(session))
                .addSubcommand(new SecretsDiffCommand(session));
    }

    @Override
    public Integer call() {
        return SecretsListCommand.show(session, json.wanted());
    }
}
