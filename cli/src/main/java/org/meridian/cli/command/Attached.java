package org.meridian.cli.command;

import java.util.List;
import java.util.Optional;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Attachment;
import org.meridian.core.model.Server;
import org.meridian.core.operation.ExecRequest;
import org.meridian.core.spi.ServerAccess.RemoteProcess;

/** Runs one command by hand on one server, with this terminal or these streams. */
final class Attached {
    private Attached() {}

    /** Runs it and returns its exit code. */
    static int run(
            Session session,
            Meridian meridian,
            ExecRequest.Kind kind,
            PlaceOptions place,
            List<String> command,
            ExecRequest.Output output)
            throws InterruptedException {
        var attachment = new Attachment(session.console());
        ExecRequest request = new ExecRequest(
                kind, place.region(), place.server(), place.service(), command, attachment.terminal(), output);
        Server server = meridian.begin(request, false).getFirst();
        boolean terminal = request.terminal().isPresent();
        if (terminal) {
            attachment.introduce(server);
        }
        try (RemoteProcess process = meridian.start(request, server)) {
            return attachment.attach(process, terminal);
        }
    }

    /** One without a terminal. */
    static ExecRequest plain(
            ExecRequest.Kind kind, PlaceOptions place, List<String> command, ExecRequest.Output output) {
        return new ExecRequest(
                kind, place.region(), place.server(), place.service(), command, Optional.empty(), output);
    }
}
