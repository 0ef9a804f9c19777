package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Version;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;

/** Prints the version. */
@Command(
        name = "version",
        description = "Prints the version, as --version does.",
        footer = {"", "Examples:", "  meridian version"})
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(false, view -> {
            view.show(new Report.Verbatim(String.join("\n", new Version().getVersion())));
            return ExitCode.DONE;
        });
    }
}
