package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Server;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

/**
 * Runs commands on an app's servers.
 *
 * @param app         the app
 * @param connections the ways to its servers
 */
record ServerShell(AppName app, ServerConnections connections) {
    /** What to do when something failed there of which nothing better is known. */
    static final String LOOK = "Look at the server with 'meridian servers', then run the command again.";

    private static final Pattern NO_SPACE = Pattern.compile("no space left on device", Pattern.CASE_INSENSITIVE);
    private static final int LAST_LINES = 15;

    ServerShell {
        requireNonNull(app, "app is null");
        requireNonNull(connections, "connections is null");
    }

    HostCommands commands(Server server) {
        return HostCommands.of(app, server);
    }

    /** Those for what outlives releases on a server's machine. */
    HostCommands outliving(Server server) {
        return HostCommands.outliving(app, server);
    }

    CommandResult run(Server server, Command command) throws InterruptedException {
        return connections.run(server, command);
    }

    /** The same for what needs room there: a full disk is reported as such, whichever program met it. */
    CommandResult write(Server server, Command command) throws InterruptedException {
        CommandResult result = run(server, command);
        requireRoom(server, result);
        return result;
    }

    /** Throws the failure of a full disk where that is why this one did not succeed. */
    void requireRoom(Server server, CommandResult result) throws InterruptedException {
        if (!result.succeeded() && NO_SPACE.matcher(result.errors()).find()) {
            throw Failure.of(Diagnostic.of(
                            "disk-full",
                            "the disk of " + server.name() + " is full",
                            "Give the region's servers a larger disk, or make the images smaller, then deploy again.")
                    .withDetail(lastLines(result.errors()) + "\n" + freeSpace(server)));
        }
    }

    String freeSpace(Server server) throws InterruptedException {
        return "free on the server:\n"
                + run(server, HostCommands.freeSpace()).output().strip();
    }

    static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    static String on(Server server, String attempted) {
        return attempted + " on " + server.name();
    }
}
