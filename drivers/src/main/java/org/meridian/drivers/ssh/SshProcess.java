package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command in a container, over a channel of its own; ended on the server when it is closed before its end. */
final class SshProcess implements RemoteProcess {
    private static final Logger LOG = LoggerFactory.getLogger(SshProcess.class);

    private final LiveChannel channel;
    private final boolean terminal;
    private final End end;

    SshProcess(LiveChannel channel, boolean terminal, End end) {
        this.channel = requireNonNull(channel, "channel is null");
        this.terminal = terminal;
        this.end = requireNonNull(end, "end is null");
    }

    /** Ends what the process may have left on the server. */
    @FunctionalInterface
    interface End {
        void run() throws InterruptedException;
    }

    @Override
    public OutputStream input() {
        return channel.input();
    }

    @Override
    public InputStream output() {
        return channel.output();
    }

    @Override
    public InputStream errors() {
        return terminal ? InputStream.nullInputStream() : channel.errors();
    }

    @Override
    public void resize(Size size) {
        if (terminal) {
            channel.resize(size);
        }
    }

    @Override
    public int await() throws InterruptedException {
        return channel.await();
    }

    @Override
    public void close() {
        boolean running = !channel.hasEnded();
        channel.close();
        if (running) {
            endThere();
        }
    }

    private void endThere() {
        boolean interrupted = Thread.interrupted();
        try {
            end.run();
        } catch (Failure e) {
            LOG.warn("the command may still run there: {}", e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
