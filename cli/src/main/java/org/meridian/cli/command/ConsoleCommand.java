package org.meridian.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.cli.Meridian;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.operation.ExecRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the configured console. */
@Command(
        name = "console",
        description = {
            "Runs the command that meridian.yml has under 'console', in a new container of the current release.",
            "Runs in the primary region unless told otherwise, and writes into the audit log who opened it where."
        },
        footer = {"", "Examples:", "  meridian console", "  meridian console --region us-west"})
final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    private PlaceOptions place = new PlaceOptions();

    private final Session session;

    ConsoleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.attended(
                false,
                (meridian, view) -> Attached.run(
                        session,
                        meridian,
                        ExecRequest.Kind.CONSOLE,
                        place,
                        configured(meridian),
                        ExecRequest.Output.MASKED));
    }

    private static List<String> configured(Meridian meridian) {
        return meridian.app()
                .console()
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "no-console",
                        "the configuration has no console",
                        "Write the command into it, such as 'console: bin/rails console'; 'meridian run -- COMMAND'"
                                + " runs any other.")));
    }
}
