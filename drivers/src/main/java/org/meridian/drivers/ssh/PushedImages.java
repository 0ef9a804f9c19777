package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.drivers.command.CommandResult;

/**
 * Brings images to servers from this machine: each takes the layers that it lacks from a registry that this machine reads,
 * through a tunnel of the connection that there is. The port goes with the tunnel; the image stays, under a name without it.
 */
final class PushedImages implements AutoCloseable {
    private final Gate engine;
    private final Gate registry;

    PushedImages(ImageSupply images) {
        this.engine = new Gate(images.pushed());
        this.registry = new Gate(images.relay().source());
    }

    /** Brings one to a machine; says how that ended. */
    CommandResult bring(SshConnection connection, HostCommands commands, ImageReference image, Duration within)
            throws InterruptedException {
        ImageGate gate = (PushedImage.isRelayed(image) ? registry : engine).open();
        gate.admit(image);
        try (ReverseTunnel tunnel = connection.tunnel(gate.address())) {
            return connection.run(commands.take(image, "127.0.0.1:" + tunnel.port(), gate.entry(), within));
        }
    }

    @Override
    public void close() {
        engine.close();
        registry.close();
    }

    /** The gate before a source, which is opened for the first server that lacks something. */
    private static final class Gate implements AutoCloseable {
        private final ImageSource source;
        private @Nullable ImageGate gate;

        Gate(ImageSource source) {
            this.source = requireNonNull(source, "source is null");
        }

        synchronized ImageGate open() throws InterruptedException {
            try {
                if (gate == null) {
                    gate = new ImageGate(source.open());
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
}
