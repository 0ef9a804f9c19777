package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Failure;

/** A command on a machine, for those who deal with processes of this one; ending it ends its channel. */
final class ChannelProcess extends Process {
    private static final int CONNECTION_LOST = 255;

    private final LiveChannel channel;

    ChannelProcess(LiveChannel channel) {
        this.channel = requireNonNull(channel, "channel is null");
    }

    @Override
    public OutputStream getOutputStream() {
        return channel.input();
    }

    @Override
    public InputStream getInputStream() {
        return channel.output();
    }

    @Override
    public InputStream getErrorStream() {
        return channel.errors();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return channel.await();
        } catch (Failure e) {
            return CONNECTION_LOST;
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return channel.ended(timeout, unit);
    }

    @Override
    public int exitValue() {
        if (!channel.hasEnded()) {
            throw new IllegalThreadStateException("it runs");
        }
        try {
            return waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CONNECTION_LOST;
        }
    }

    /** They are on the other machine, and end with the channel. */
    @Override
    public Stream<ProcessHandle> descendants() {
        return Stream.empty();
    }

    @Override
    public boolean isAlive() {
        return !channel.hasEnded();
    }

    @Override
    public void destroy() {
        channel.close();
    }

    @Override
    public Process destroyForcibly() {
        channel.close();
        return this;
    }
}
