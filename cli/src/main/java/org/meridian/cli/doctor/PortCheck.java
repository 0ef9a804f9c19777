package org.meridian.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.meridian.core.model.App;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Whether the edge's port is free, or used by this app's own edge. */
final class PortCheck implements Check {
    private static final String NAME = "port";

    private final CommandRunner commands;
    private final App app;
    private final int port;

    PortCheck(CommandRunner commands, App app, int port) {
        this.commands = commands;
        this.app = app;
        this.port = port;
    }

    @Override
    public Finding look() throws InterruptedException {
        if (free(port)) {
            return Finding.ok(NAME, port + " on 127.0.0.1 is free");
        }
        return ownEdge(port)
                ? Finding.ok(NAME, port + " on 127.0.0.1 is used by this app's own edge")
                : Finding.fail(
                        NAME,
                        port + " on 127.0.0.1 is used by something else",
                        "Set another traffic.port, or end what uses it ('ss -ltnp sport = :" + port + "' tells).");
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean ownEdge(int port) throws InterruptedException {
        CommandResult result = commands.run(Command.of(
                        "docker",
                        "ps",
                        "--quiet",
                        "--filter",
                        "label=dev.meridian.app=" + app.name(),
                        "--filter",
                        "publish=" + port)
                .within(Duration.ofSeconds(10)));
        return result.succeeded() && !result.output().isBlank();
    }
}
