package org.meridian.cli.command;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import org.meridian.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand, and the options that every subcommand takes. */
@Command(
        name = "meridian",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        description = "Moves a containerised app to a new release in many regions without a failed request.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  meridian init                 write meridian.yml beside a Compose file",
            "  meridian plan --tag v2        show what a deploy would do",
            "  meridian deploy --tag v2      do it",
            "  meridian rollback             go back to the release before",
            "",
            "Exit codes: 0 done, 1 failed and put back, 2 bad usage or configuration,",
            "3 failed and needs a person, 4 locked by somebody else, 130 interrupted."
        })
final class MeridianCommand {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration. Default: meridian.yml.")
    private Path config = Path.of("meridian.yml");

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what is done, and show stack traces, on standard error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    Path config() {
        return config;
    }

    /** The directory that the configuration lies in. */
    Path directory() {
        // Only a root has no parent, and a root is no file.
        return requireNonNullElse(config.toAbsolutePath().normalize().getParent(), Path.of("/"));
    }

    boolean verbose() {
        return verbose;
    }
}
