package org.meridian.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.config.Starter;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.file.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a first configuration. */
@Command(
        name = "init",
        description = {
            "Writes a meridian.yml for the Compose file in the same directory.",
            "Says what it guessed and why, and lists what has to be settled before a deploy."
        },
        footer = {"", "Examples:", "  meridian init", "  meridian init -c deploy/meridian.yml"})
final class InitCommand implements Callable<Integer> {
    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    private final Session session;

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(false, view -> {
            Path file = session.options().config();
            refuseToReplace(file);
            Starter starter = session.tools().config().starter(file);
            write(file, starter.text());
            view.show(new Report.Started(file, starter));
            return ExitCode.DONE;
        });
    }

    private void refuseToReplace(Path file) {
        if (!force && Files.exists(file)) {
            throw Failure.usage(Diagnostic.of(
                    "config-exists", file + " exists already", "Edit it, or replace it with 'meridian init --force'."));
        }
    }

    private void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "config-not-written",
                            "can't write " + file + ": " + BoundedFile.reason(e),
                            "Check the directory, its permissions and its disk."),
                    e);
        }
    }
}
