package org.meridian.drivers.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server that a test can cut and join: while it is cut, connections are closed as soon as they are made. */
public final class CutWire implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** A wire to this port of this machine. */
    public CutWire(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread unused = Thread.ofVirtual().start(this::accept);
    }

    /** Where to connect instead. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks what is open, and what is opened later. */
    public void cut() {
        cut = true;
        open.forEach(CutWire::close);
    }

    /** Lets everything through again. */
    public void join() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(CutWire::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The listener or the target is closed.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        open.add(near);
        if (cut) {
            close(near);
            return;
        }
        Socket far = new Socket();
        open.add(far);
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        passing(near, far);
        passing(far, near);
    }

    private static void passing(Socket from, Socket to) {
        Thread unused = Thread.ofVirtual().start(() -> pass(from, to));
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            long unused = input.transferTo(output);
        } catch (IOException e) {
            // One end was closed, so both are.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
