package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.ServerAccess.Invocation;
import org.meridian.core.spi.ServerAccess.Size;
import org.meridian.web.security.Admission;
import org.meridian.web.security.Guard;
import org.meridian.web.security.Refused;
import org.meridian.web.security.Stay;

/** Terminals in containers, each over a WebSocket. */
public final class TerminalApi implements AutoCloseable {
    private static final int TERMINALS = 20;
    private static final int LARGEST = 1_000;
    private static final long PING_SECONDS = 15;

    /** A shell that a person likes where there is one. */
    private static final List<String> SHELL =
            List.of("sh", "-c", "command -v bash >/dev/null 2>&1 && exec bash || exec sh");

    private final World world;
    private final String service;
    private final Optional<ServerAccess> access;
    private final Acts acts;
    private final Map<String, Terminal> terminals = new ConcurrentHashMap<>();

    /** In containers of this workspace's app. */
    public TerminalApi(Workspace workspace, Optional<ServerAccess> access, Acts acts) {
        this.world = workspace.world();
        this.service = workspace.app().serve().service();
        this.access = requireNonNull(access, "access is null");
        this.acts = requireNonNull(acts, "acts is null");
    }

    /** Looks, before the protocol is changed, whether there can be a terminal; the answer is still an HTTP one. */
    public void prepare(Context context) throws InterruptedException {
        if (access.isEmpty()) {
            throw LogsApi.missing();
        }
        if (terminals.size() >= TERMINALS) {
            throw JsonAnswers.bad(TERMINALS + " terminals are open already");
        }
        Server server = server(context);
        Invocation invocation = new Invocation(
                release(context, server),
                ServerChoice.given(context, "service").orElse(service),
                SHELL,
                false,
                Optional.of(new Size(number(context, "columns", 80), number(context, "rows", 24))));
        Admission admission = Guard.admission(context);
        acts.write(
                admission.visitor(),
                "exec",
                List.of(server.name().value()),
                "a terminal in " + invocation.service() + " of " + invocation.release());
        context.attribute(Order.NAME, new Order(server, invocation, admission.stay()));
    }

    /** What happens on the WebSocket. */
    public void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onBinaryMessage(message -> terminal(message).ifPresent(terminal -> terminal.type(message.data())));
        socket.onMessage(message -> terminal(message).ifPresent(terminal -> resize(terminal, message.message())));
        socket.onClose(closed -> end(closed));
        socket.onError(broken -> end(broken));
    }

    private void connect(WsConnectContext context) {
        context.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
        Order order = requireNonNull(context.attribute(Order.NAME), "nobody prepared the terminal");
        Terminal terminal =
                new Terminal(context.session, access.orElseThrow(), order.server(), order.invocation(), order.stay());
        terminals.put(context.sessionId(), terminal);
        terminal.start();
    }

    private void end(WsContext context) {
        Optional.ofNullable(terminals.remove(context.sessionId())).ifPresent(Terminal::close);
    }

    private Optional<Terminal> terminal(WsContext context) {
        return Optional.ofNullable(terminals.get(context.sessionId()));
    }

    private static void resize(Terminal terminal, String message) {
        try {
            var size = JsonAnswers.parse(message).path("resize");
            int columns = size.path("columns").asInt(0);
            int rows = size.path("rows").asInt(0);
            if (allowed(columns) && allowed(rows)) {
                terminal.resize(new Size(columns, rows));
            }
        } catch (Refused e) {
            // What is no JSON says nothing, and breaks no terminal.
        }
    }

    private Server server(Context context) throws InterruptedException {
        String name = ServerChoice.given(context, "server").orElseThrow(() -> JsonAnswers.bad("'server' is missing"));
        ServerChoice choice = new ServerChoice(Optional.empty(), Optional.of(name));
        try {
            return world.patience().retry(() -> world.fleets().observe()).servers().stream()
                    .filter(choice::matches)
                    .findFirst()
                    .orElseThrow(() -> JsonAnswers.missing("there is no server " + name + " that runs"));
        } catch (Failure e) {
            throw new Refused(502, e.diagnostic());
        }
    }

    private static ReleaseId release(Context context, Server server) {
        try {
            return ServerChoice.given(context, "release").map(ReleaseId::parse).orElse(server.release());
        } catch (IllegalArgumentException e) {
            throw JsonAnswers.bad(String.valueOf(e.getMessage()));
        }
    }

    private static int number(Context context, String name, int otherwise) {
        try {
            int number =
                    ServerChoice.given(context, name).map(Integer::parseInt).orElse(otherwise);
            if (allowed(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw JsonAnswers.bad("'" + name + "' is 1 to " + LARGEST);
    }

    private static boolean allowed(int number) {
        return number >= 1 && number <= LARGEST;
    }

    @Override
    public void close() {
        terminals.values().forEach(Terminal::close);
    }

    private record Order(Server server, Invocation invocation, Stay stay) {
        static final String NAME = "org.meridian.terminal";
    }
}
