package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.ServerAccess.Size;

/** A command that runs on a machine for as long as its channel is open. */
final class LiveChannel implements AutoCloseable {
    private final Endpoint endpoint;
    private final ChannelExec channel;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<AutoCloseable> afterwards = new ArrayList<>();

    LiveChannel(Endpoint endpoint, ChannelExec channel, AutoCloseable place) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.channel = requireNonNull(channel, "channel is null");
        afterwards.add(place);
        channel.addCloseFutureListener(closed -> ended.countDown());
    }

    /** Says how a channel is to be, before it is opened. */
    @FunctionalInterface
    interface Preparation {
        void prepare(ChannelExec channel);
    }

    /** Closes this too when it is closed, after what was there. */
    LiveChannel closing(AutoCloseable another) {
        afterwards.add(another);
        return this;
    }

    OutputStream input() {
        return channel.getInvertedIn();
    }

    InputStream output() {
        return channel.getInvertedOut();
    }

    InputStream errors() {
        return channel.getInvertedErr();
    }

    void resize(Size size) {
        try {
            channel.sendWindowChange(size.columns(), size.rows());
        } catch (IOException e) {
            // The connection is lost, which whoever reads from it is told.
        }
    }

    /** Waits for the end; tells the exit code, as a shell does for a signal, and fails when the connection was lost. */
    int await() throws InterruptedException {
        ended.await();
        Integer exit = channel.getExitStatus();
        if (exit != null) {
            return exit;
        }
        if (channel.getExitSignal() != null) {
            return Signal.exitCode(channel.getExitSignal());
        }
        throw lost(new IOException("there was no exit code"));
    }

    /** Whether it has ended, waiting for that as long as that. */
    boolean ended(long atMost, TimeUnit unit) throws InterruptedException {
        return ended.await(atMost, unit);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** The connection is lost. */
    Failure lost(IOException cause) {
        return SshFailures.lost(endpoint, cause);
    }

    @Override
    public void close() {
        channel.close(true);
        List<AutoCloseable> left;
        synchronized (afterwards) {
            left = List.copyOf(afterwards);
            afterwards.clear();
        }
        for (AutoCloseable one : left) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a channel failed", e);
            }
        }
    }

    /** Signals that end a process and their numbers on Linux (RFC 4254, section 6.10; signal(7)). */
    private enum Signal {
        HUP(1),
        INT(2),
        QUIT(3),
        ILL(4),
        ABRT(6),
        FPE(8),
        KILL(9),
        SEGV(11),
        PIPE(13),
        ALRM(14),
        TERM(15);

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        private static int exitCode(String name) {
            for (Signal signal : values()) {
                if (signal.name().equals(name)) {
                    return 128 + signal.number;
                }
            }
            return 255;
        }
    }
}
