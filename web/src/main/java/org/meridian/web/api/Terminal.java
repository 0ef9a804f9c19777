package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.ServerAccess.Invocation;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;
import org.meridian.web.security.Stay;
import org.meridian.web.world.WorldView.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** A command's terminal at one end of a WebSocket; what is written waits until the other end has taken what was before. */
final class Terminal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int CHUNK = 16 * 1024;
    private static final int TYPED_AHEAD = 1_000;
    private static final int SEND_SECONDS = 30;
    private static final int NORMAL = 1000;
    private static final int TRY_LATER = 1013;

    /** A policy is violated (RFC 6455, 7.4.1). */
    private static final int NO_LONGER = 1008;

    private final Session session;
    private final ServerAccess access;
    private final Server server;
    private final Invocation invocation;
    private final Stay stay;
    private final BlockingQueue<Typed> typed = new ArrayBlockingQueue<>(TYPED_AHEAD);
    private volatile boolean closed;
    private volatile @Nullable RemoteProcess process;
    private @Nullable Thread reader;
    private @Nullable Thread writer;

    Terminal(Session session, ServerAccess access, Server server, Invocation invocation, Stay stay) {
        this.session = requireNonNull(session, "session is null");
        this.access = requireNonNull(access, "access is null");
        this.server = requireNonNull(server, "server is null");
        this.invocation = requireNonNull(invocation, "invocation is null");
        this.stay = requireNonNull(stay, "stay is null");
    }

    /** Starts the command beside the caller, since a connection may take seconds. */
    synchronized void start() {
        reader = Thread.ofVirtual().name("terminal").start(this::run);
    }

    /** What a person typed. */
    void type(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        take(new Typed(running -> write(running, bytes)));
    }

    /** The person's terminal has another size. */
    void resize(Size size) {
        take(new Typed(running -> running.resize(size)));
    }

    /** Whoever opened it is let in no more. */
    private void leave() {
        session.close(NO_LONGER, "logged out", Callback.NOOP);
        close();
    }

    private void take(Typed what) {
        if (!stay.lasts()) {
            leave();
        } else if (!typed.offer(what)) {
            session.close(TRY_LATER, "more is typed than the command reads", Callback.NOOP);
            close();
        }
    }

    private void run() {
        Stay.Ending ending = stay.whenOver(this::leave);
        try (ending;
                RemoteProcess started = access.start(server, invocation)) {
            process = started;
            if (closed) {
                return;
            }
            startTyping(started);
            copy(started.output());
            tell(Map.of("exit", started.await()));
        } catch (Failure e) {
            tell(Map.of("problem", Problem.of(e.diagnostic())));
        } catch (IOException e) {
            tell(Map.of("problem", Problem.of(lost(e))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a terminal ended as nobody expected", e);
        } finally {
            session.close(NORMAL, "", Callback.NOOP);
            close();
        }
    }

    private synchronized void startTyping(RemoteProcess started) {
        writer = Thread.ofVirtual().name("typing").start(() -> {
            try {
                while (true) {
                    typed.take().what().accept(started);
                }
            } catch (InterruptedException e) {
                // The terminal was closed.
            }
        });
    }

    private void copy(InputStream output) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        int read = output.read(chunk);
        while (read >= 0 && !closed && stay.lasts()) {
            send(ByteBuffer.wrap(chunk, 0, read));
            read = output.read(chunk);
        }
    }

    private void send(ByteBuffer bytes) throws IOException, InterruptedException {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        session.sendBinary(bytes, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
        await(sent);
    }

    private static void await(CompletableFuture<Void> sent) throws IOException, InterruptedException {
        try {
            sent.get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the other end does not take what is written", e);
        }
    }

    private void tell(Object last) {
        if (session.isOpen()) {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            session.sendText(
                    MAPPER.writeValueAsString(last),
                    Callback.from(() -> sent.complete(null), sent::completeExceptionally));
            try {
                await(sent);
            } catch (IOException e) {
                LOG.debug("nobody hears how a terminal ended", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void write(RemoteProcess running, byte[] bytes) {
        try {
            OutputStream input = running.input();
            input.write(bytes);
            input.flush();
        } catch (IOException e) {
            LOG.debug("the command reads no more", e);
        }
    }

    private static Diagnostic lost(IOException e) {
        return Diagnostic.of(
                "terminal-lost", "the connection to the command was lost: " + e.getMessage(), "Open another terminal.");
    }

    @Override
    public void close() {
        closed = true;
        RemoteProcess running = process;
        if (running != null) {
            running.close();
        }
        synchronized (this) {
            for (@Nullable Thread thread : new Thread[] {reader, writer}) {
                if (thread != null && thread != Thread.currentThread()) {
                    thread.interrupt();
                }
            }
        }
    }

    /** Something for the command, in the order in which it came. */
    private record Typed(Consumer<RemoteProcess> what) {}
}
