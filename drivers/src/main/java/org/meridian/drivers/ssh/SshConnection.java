package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Runs commands on one server over one connection, which is opened when needed and again when it was dropped. */
final class SshConnection implements CommandRunner, AutoCloseable {
    static final Duration CONNECTING = Duration.ofSeconds(10);

    /** sshd allows ten sessions on a connection unless it is told otherwise (sshd_config, MaxSessions). */
    private static final int AT_ONCE = 8;

    private final Server server;
    private final SshConnector connector;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable ClientSession session;

    SshConnection(Server server, SshConnector connector) {
        this.server = requireNonNull(server, "server is null");
        this.connector = requireNonNull(connector, "connector is null");
    }

    /** Whether this connection is to that server as it is now. */
    boolean isTo(Server other) {
        return server.address().equals(other.address()) && server.hostKey().equals(other.hostKey());
    }

    /** Connects unless it is connected. */
    void connect(Duration within) throws InterruptedException {
        session(within);
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        places.acquire();
        try {
            return run(command, opened(command));
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        ClientSession current = session;
        if (current != null) {
            current.close(true);
        }
    }

    private CommandResult run(Command command, Running running) throws InterruptedException {
        long limit = command.timeout().toSeconds() + RemoteShell.MERCY_SECONDS + 2;
        try {
            running.ended().get(limit, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw SshFailures.tooLong(server, command);
        } catch (ExecutionException e) {
            throw SshFailures.lost(server, command, e);
        } finally {
            running.channel().close(true);
        }
        Integer exit = running.channel().getExitStatus();
        if (exit == null) {
            throw SshFailures.lost(server, command, new IOException("there was no exit code"));
        }
        if (running.stoppedByTimeout(exit, command)) {
            throw SshFailures.tooLong(server, command);
        }
        return new CommandResult(
                command, exit, running.output().text(), running.errors().text());
    }

    /** Starts the command; a connection that turns out to be dead is replaced once. */
    private Running opened(Command command) throws InterruptedException {
        ClientSession current = session(CONNECTING);
        try {
            return open(current, command);
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException e) {
            current.close(true);
        }
        try {
            return open(session(CONNECTING), command);
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException e) {
            throw SshFailures.lost(server, command, e);
        }
    }

    private static Running open(ClientSession session, Command command) throws IOException {
        ChannelExec channel = session.createExecChannel(RemoteShell.line(command));
        Running running = new Running(channel, new Tail(), new Tail(), new CompletableFuture<>(), System.nanoTime());
        byte[] input = command.input().map(Secret::reveal).orElse("").getBytes(StandardCharsets.UTF_8);
        channel.setIn(new ByteArrayInputStream(input));
        channel.setOut(running.output());
        channel.setErr(running.errors());
        channel.addCloseFutureListener(closed -> running.ended().complete(true));
        channel.open().verify(CONNECTING);
        return running;
    }

    private ClientSession session(Duration within) throws InterruptedException {
        connecting.lockInterruptibly();
        try {
            ClientSession current = session;
            if (current == null || !current.isOpen()) {
                current = connector.connect(server, within);
                session = current;
            }
            return current;
        } finally {
            connecting.unlock();
        }
    }

    /** A command under way. */
    private record Running(
            ChannelExec channel, Tail output, Tail errors, CompletableFuture<Boolean> ended, long startedAt) {
        /** The exit code of coreutils' timeout, unless the command chose it by itself. */
        boolean stoppedByTimeout(int exit, Command command) {
            return (exit == 124 || exit == 137)
                    && System.nanoTime() - startedAt >= command.timeout().toNanos();
        }
    }
}
