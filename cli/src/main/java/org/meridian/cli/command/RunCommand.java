package org.meridian.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.core.operation.ExecRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a command in a container of its own. */
@Command(
        name = "run",
        description = {
            "Runs a command in a new container with the current release's image, environment and secrets.",
            "Runs in the primary region unless told otherwise; the container is removed when the command ends.",
            "Ends with the command's exit code, and writes into the audit log who ran what where."
        },
        footer = {
            "",
            "Examples:",
            "  meridian run -- bin/rails db:seed",
            "  meridian run --service worker -- bin/requeue --all"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private RawOption raw = new RawOption();

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments; no shell.")
    private List<String> command = new ArrayList<>();

    private final Session session;

    private RunCommand(Session session) {
        this.session = session;
    }

    /** The command, whose options end where the other one begins. */
    static CommandLine with(Session session) {
        return new CommandLine(new RunCommand(session)).setStopAtPositional(true);
    }

    @Override
    public Integer call() {
        return session.attended(
                false,
                (meridian, view) ->
                        Attached.run(session, meridian, ExecRequest.Kind.RUN, place, command, raw.output()));
    }
}
