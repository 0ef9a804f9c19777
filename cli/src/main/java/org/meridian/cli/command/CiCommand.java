package org.meridian.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what a continuous integration service needs. */
@Command(
        name = "ci",
        synopsisSubcommandLabel = "github",
        description = "Writes a workflow that builds, pushes and deploys from continuous integration.",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Examples:", "  meridian ci github --action OWNER/meridian@v1"})
final class CiCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private CiCommand() {}

    /** The command with its subcommands. */
    static CommandLine with(Session session) {
        return new CommandLine(new CiCommand()).addSubcommand(new CiGithubCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say for which service: github");
    }
}
