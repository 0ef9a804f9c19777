package org.meridian.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Users who send requests at a steady rate: two in three over kept connections, GETs and POSTs, some of which take the
 * origin a while. Nothing is ever sent twice, so each request that gets no 200 is seen.
 */
public final class Load implements AutoCloseable {
    private static final int USERS = 32;
    private static final int TIMEOUT_MILLIS = 300_000;
    private static final String[] KINDS = {"GET /", "POST /", "GET /", "GET /", "GET /pause", "POST /", "GET /", "GET /"
    };

    private final InetSocketAddress address;
    private final String host;
    private final String country;
    private final long pause;
    private final List<Thread> users = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** Starts sending so many requests a second to an address, as users in a country (ISO 3166) do. */
    public Load(URI address, int perSecond, String country) {
        this(address, "localhost", perSecond, country);
    }

    /** The same with the name that users ask for. */
    public Load(URI address, String host, int perSecond, String country) {
        this.host = host;
        this.country = country;
        this.address = new InetSocketAddress(address.getHost(), address.getPort() < 0 ? 80 : address.getPort());
        this.pause = TimeUnit.SECONDS.toNanos(1) * USERS / perSecond;
        for (int i = 0; i < USERS; i++) {
            boolean keeps = i % 3 != 0;
            users.add(Thread.ofPlatform().daemon().start(() -> read(keeps)));
        }
    }

    /** Ends the load and tells what became of the requests that failed. */
    public List<String> stop() throws InterruptedException {
        over = true;
        for (Thread user : users) {
            user.join();
        }
        return List.copyOf(failures);
    }

    /** Waits until so many requests were begun, since a slow machine begins fewer in the time that a test takes. */
    public void awaitSent(int requests) throws InterruptedException {
        while (sent.get() < requests) {
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    /** How many requests were begun. */
    public int sent() {
        return sent.get();
    }

    @Override
    public void close() {
        over = true;
    }

    private void read(boolean keeps) {
        long next = System.nanoTime();
        while (!over) {
            try (Socket connection = connect()) {
                boolean again;
                do {
                    next = Math.max(next + pause, System.nanoTime() - pause);
                    LockSupport.parkNanos(next - System.nanoTime());
                    again = request(connection, keeps) && keeps;
                } while (again && !over);
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    private Socket connect() throws IOException {
        var connection = new Socket();
        connection.connect(address, TIMEOUT_MILLIS);
        connection.setTcpNoDelay(true);
        connection.setSoTimeout(TIMEOUT_MILLIS);
        return connection;
    }

    /** Whether the connection may be used again, which the answer decides. */
    private boolean request(Socket connection, boolean keeps) throws IOException {
        String kind = KINDS[sent.getAndIncrement() % KINDS.length];
        String body = kind.startsWith("POST") ? "text" : "";
        String request = kind + " HTTP/1.1\r\nHost: " + host + "\r\nCF-IPCountry: " + country + "\r\nContent-Length: "
                + body.length() + "\r\n" + (keeps ? "" : "Connection: close\r\n") + "\r\n" + body;
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head(connection.getInputStream());
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(kind + " got '" + head.lines().findFirst().orElse("nothing") + "'");
        }
        return !head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
    }

    /** The origins' answers have no body, so the head is the whole answer. */
    private static String head(InputStream stream) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int read = stream.read();
            if (read < 0) {
                throw new IOException("the connection ended after '" + head + "'");
            }
            head.append((char) read);
        }
        return head.toString();
    }
}
