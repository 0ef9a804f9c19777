package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;

/**
 * A port of 127.0.0.1 that leads to an HTTP server of this process and closes at once on whoever begins with TLS. An engine tries
 * TLS first with every registry; a server that waits for the rest of a request keeps it waiting for ten seconds (moby,
 * TLSHandshakeTimeout of the registry client).
 */
final class PlainDoor implements AutoCloseable {
    /** What a TLS connection begins with (RFC 8446, 5.1: ContentType handshake). */
    private static final int HANDSHAKE = 22;

    private final ServerSocket door;
    private final InetSocketAddress behind;
    private final ExecutorService threads;

    /** Opens it on a free port; the threads are somebody else's to end. */
    PlainDoor(InetSocketAddress behind, ExecutorService threads) throws IOException {
        this.behind = requireNonNull(behind, "behind is null");
        this.threads = requireNonNull(threads, "threads is null");
        this.door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::admit);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            // Nobody comes in any more either way.
        }
    }

    private void admit() {
        try {
            while (true) {
                Socket visitor = door.accept();
                threads.execute(() -> lead(visitor));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void lead(Socket visitor) {
        try (visitor) {
            int first = visitor.getInputStream().read();
            if (first < 0 || first == HANDSHAKE) {
                return;
            }
            try (Socket inside = new Socket(behind.getAddress(), behind.getPort())) {
                inside.getOutputStream().write(first);
                threads.execute(() -> pass(visitor, inside));
                pass(inside, visitor);
            }
        } catch (IOException e) {
            // One of the two has gone; so does the other.
        }
    }

    /** Until one side ends, which ends both: of HTTP nobody sends on to who has closed. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            long ignored = from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }
}
