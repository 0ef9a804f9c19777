package org.meridian.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Attachment;
import org.meridian.core.model.Server;
import org.meridian.core.operation.ExecRequest;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a command in the container of a service that keeps data. */
@Command(
        name = "exec",
        description = {
            "Runs a command in the container of a service that keeps data, with this terminal where there is one.",
            "Ends with the command's exit code, and writes into the audit log who ran what."
        },
        footer = {
            "",
            "Examples:",
            "  meridian accessories exec db -- psql --username postgres",
            "  meridian accessories exec --raw db -- pg_dump --username postgres postgres > here.sql"
        })
final class AccessoriesExecCommand implements Callable<Integer> {
    @Mixin
    private RawOption raw = new RawOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The service.")
    private String service = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The command and its arguments; no shell.")
    private List<String> command = new ArrayList<>();

    private final Session session;

    private AccessoriesExecCommand(Session session) {
        this.session = session;
    }

    /** The command, whose options end where the other one begins. */
    static CommandLine with(Session session) {
        return new CommandLine(new AccessoriesExecCommand(session)).setStopAtPositional(true);
    }

    @Override
    public Integer call() {
        return session.attended(false, (meridian, view) -> run(meridian));
    }

    private int run(Meridian meridian) throws InterruptedException {
        List<String> words = command.getFirst().equals("--") ? command.subList(1, command.size()) : command;
        var attachment = new Attachment(session.console());
        Server place = meridian.accessories().place(service);
        ExecRequest request = new ExecRequest(
                ExecRequest.Kind.EXEC,
                Optional.empty(),
                Optional.empty(),
                Optional.of(service),
                words,
                attachment.terminal(),
                raw.output());
        meridian.accessories().record("exec", service, ": " + String.join(" ", words));
        boolean terminal = request.terminal().isPresent();
        if (terminal) {
            attachment.introduce(place);
        }
        try (RemoteProcess process = meridian.start(request, place)) {
            return attachment.attach(process, terminal);
        }
    }
}
