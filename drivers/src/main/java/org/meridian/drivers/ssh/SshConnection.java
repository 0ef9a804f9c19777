package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
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
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Runs commands on one machine over one connection, which is opened when needed and again when it was dropped. */
final class SshConnection implements CommandRunner, ConnectionLimit.Closing, AutoCloseable {
    /** sshd allows ten sessions on a connection unless it is told otherwise (sshd_config, MaxSessions). */
    private static final int AT_ONCE = 8;

    /** Those that are left for what lasts; what finds none gets a connection of its own. */
    private static final int LASTING_AT_ONCE = 2;

    private final Endpoint endpoint;
    private final SshConnector connector;
    private final ConnectionLimit limit;
    private final Duration connectWithin;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore lastingPlaces = new Semaphore(LASTING_AT_ONCE);
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable ClientSession session;
    private int users;

    SshConnection(Endpoint endpoint, SshConnector connector, ConnectionLimit limit, Duration connectWithin) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.connector = requireNonNull(connector, "connector is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.connectWithin = requireNonNull(connectWithin, "connectWithin is null");
    }

    /** Where it goes. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** Connects unless it is connected; takes no longer than {@code within} nor than connecting usually may. */
    void connect(Duration within) throws InterruptedException {
        begin();
        try {
            session(within.compareTo(connectWithin) < 0 ? within : connectWithin);
        } finally {
            end();
        }
    }

    /** The host key that the machine proved to have, in OpenSSH's form; connects unless it is connected. */
    String hostKey() throws InterruptedException {
        begin();
        try {
            return PublicKeyEntry.toString(session(connectWithin).getServerKey());
        } finally {
            end();
        }
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        places.acquire();
        begin();
        try {
            return run(command, opened(command, session -> open(session, command)));
        } finally {
            end();
            places.release();
        }
    }

    /** Starts a command that ends with its channel; it takes no place of those that come and go. */
    LiveChannel start(Command command, LiveChannel.Preparation preparation) throws InterruptedException {
        if (!lastingPlaces.tryAcquire()) {
            SshConnection own = new SshConnection(endpoint, connector, limit, connectWithin);
            return own.start(command, preparation).closing(own);
        }
        begin();
        AutoCloseable place = () -> {
            end();
            lastingPlaces.release();
        };
        try {
            ChannelExec channel = opened(command, session -> live(session, command, preparation));
            return new LiveChannel(endpoint, channel, place);
        } catch (InterruptedException | RuntimeException e) {
            end();
            lastingPlaces.release();
            throw e;
        }
    }

    /** Makes a port on 127.0.0.1 there lead to an address of this machine. */
    ReverseTunnel tunnel(InetSocketAddress here) throws InterruptedException {
        begin();
        boolean open = false;
        try {
            ReverseTunnel tunnel = ReverseTunnel.open(session(connectWithin), here, this::end);
            open = true;
            return tunnel;
        } catch (InterruptedIOException e) {
            throw SshConnector.interrupted(e);
        } catch (IOException | IllegalStateException e) {
            throw SshFailures.noTunnel(endpoint, e);
        } finally {
            if (!open) {
                end();
            }
        }
    }

    private ChannelExec live(ClientSession session, Command command, LiveChannel.Preparation preparation)
            throws IOException {
        ChannelExec channel = session.createExecChannel(RemoteShell.lasting(command, endpoint.root()));
        preparation.prepare(channel);
        channel.open().verify(connectWithin);
        return channel;
    }

    @Override
    public void close() {
        ClientSession current = session;
        if (current != null) {
            current.close(true);
        }
    }

    @Override
    public synchronized void closeIdle() {
        if (users == 0) {
            close();
        }
    }

    private synchronized void begin() {
        users++;
        limit.busy(this);
    }

    private synchronized void end() {
        users--;
        ClientSession current = session;
        if (users == 0 && current != null && current.isOpen()) {
            limit.idle(this);
        }
    }

    private CommandResult run(Command command, Running running) throws InterruptedException {
        long limit = command.timeout().toSeconds() + RemoteShell.MERCY_SECONDS + 2;
        try {
            running.ended().get(limit, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw SshFailures.tooLong(endpoint, command);
        } catch (ExecutionException e) {
            throw SshFailures.lost(endpoint, command, e);
        } finally {
            running.channel().close(true);
        }
        Integer exit = running.channel().getExitStatus();
        if (exit == null) {
            throw SshFailures.lost(endpoint, command, new IOException("there was no exit code"));
        }
        if (running.stoppedByTimeout(exit, command)) {
            throw SshFailures.tooLong(endpoint, command);
        }
        return new CommandResult(
                command, exit, running.output().text(), running.errors().text());
    }

    /** Starts the command; a connection that turns out to be dead is replaced once. */
    private <T> T opened(Command command, Opening<T> opening) throws InterruptedException {
        ClientSession current = session(connectWithin);
        try {
            return opening.on(current);
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException | IllegalStateException e) {
            // The latter is how MINA says that the connection is being closed.
            current.close(true);
        }
        try {
            return opening.on(session(connectWithin));
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException | IllegalStateException e) {
            throw SshFailures.lost(endpoint, command, e);
        }
    }

    private Running open(ClientSession session, Command command) throws IOException {
        ChannelExec channel = session.createExecChannel(RemoteShell.line(command, endpoint.root()));
        Running running = new Running(channel, new Tail(), new Tail(), new CompletableFuture<>(), System.nanoTime());
        byte[] input = command.input().map(Secret::reveal).orElse("").getBytes(StandardCharsets.UTF_8);
        channel.setIn(new ByteArrayInputStream(input));
        channel.setOut(running.output());
        channel.setErr(running.errors());
        channel.addCloseFutureListener(closed -> running.ended().complete(true));
        channel.open().verify(connectWithin);
        return running;
    }

    private ClientSession session(Duration within) throws InterruptedException {
        connecting.lockInterruptibly();
        try {
            ClientSession current = session;
            if (current == null || current.isClosing() || !current.isOpen()) {
                current = connected(within);
                session = current;
            }
            return current;
        } finally {
            connecting.unlock();
        }
    }

    private ClientSession connected(Duration within) throws InterruptedException {
        limit.acquire();
        boolean connected = false;
        try {
            ClientSession made = connector.connect(endpoint, within);
            connected = true;
            made.addCloseFutureListener(closed -> {
                limit.busy(this);
                limit.release();
            });
            return made;
        } finally {
            if (!connected) {
                limit.release();
            }
        }
    }

    /** Opens a channel. */
    private interface Opening<T> {
        T on(ClientSession session) throws IOException;
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
