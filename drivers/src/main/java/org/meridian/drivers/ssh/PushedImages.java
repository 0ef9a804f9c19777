package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.CommandResult;

/**
 * Brings images of this machine's engine to servers: each takes the layers that it lacks from the registry here, through a
 * tunnel of the connection that there is. The port goes with the tunnel; the image stays, under a name without it.
 */
final class PushedImages implements AutoCloseable {
    private final ImageSource source;
    private @Nullable ImageGate gate;

    PushedImages(ImageSource source) {
        this.source = requireNonNull(source, "source is null");
    }

    /** Brings one to a machine; says how that ended. */
    CommandResult bring(SshConnection connection, HostCommands commands, ImageReference image, Duration within)
            throws InterruptedException {
        ImageGate open = gate();
        try (ReverseTunnel tunnel = connection.tunnel(open.address())) {
            return connection.run(commands.take(image, "127.0.0.1:" + tunnel.port(), open.entry(), within));
        }
    }

    private synchronized ImageGate gate() throws InterruptedException {
        try {
            if (gate == null) {
                gate = new ImageGate(source.port());
            }
            return gate;
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "push-failed",
                            "no port can be opened on 127.0.0.1 of this machine: " + e.getMessage(),
                            "See what keeps it from that, then run the command again."),
                    e);
        }
    }

    @Override
    public synchronized void close() {
        if (gate != null) {
            gate.close();
            gate = null;
        }
    }
}
