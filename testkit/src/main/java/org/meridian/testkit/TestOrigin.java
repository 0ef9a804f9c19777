package org.meridian.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.meridian.core.model.ServerName;

/**
 * A real origin on this machine that behaves as the request's path asks: {@code /up} is its health, {@code /slow} is held
 * until released, {@code /pause} takes 200 ms, {@code /login} sets a session, {@code /answer/503/250} answers with that
 * status after so many milliseconds, and {@code /user} says who the user is and
 * {@code /drop} gets no answer.
 */
public final class TestOrigin implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;

    static {
        // Otherwise the JDK's server waits 40 ms for acknowledgements (Nagle's algorithm).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ServerName name;
    private final String session;
    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean healthy = true;
    private final AtomicInteger held = new AtomicInteger();
    private volatile int checks;

    /**
     * Starts an origin on a free port.
     *
     * @param name    what it calls itself in the header {@code X-Served-By}
     * @param host    the address of this machine that it listens on
     * @param session the name of the cookie that it sets at {@code /login}
     */
    public TestOrigin(ServerName name, String host, String session) {
        this(name, host, 0, session);
    }

    /** Starts an origin on this port; on a free one where it is 0. */
    public TestOrigin(ServerName name, String host, int port, String session) {
        this.name = name;
        this.session = session;
        try {
            this.server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new AssertionError("can't listen on " + host, e);
        }
        server.createContext("/", exchange -> answer(exchange, 200));
        server.createContext("/up", this::check);
        server.createContext("/slow", this::hold);
        server.createContext("/login", this::login);
        server.createContext("/stream", this::stream);
        server.createContext("/head/", this::longHead);
        server.createContext("/user", this::tellUser);
        server.createContext("/pause", exchange -> answerAfter(exchange, 200, PAUSE_MILLIS));
        server.createContext("/answer/", this::answerAsAsked);
        server.createContext("/drop", HttpExchange::close);
        server.setExecutor(requests);
        server.start();
    }

    /** Its name. */
    public ServerName name() {
        return name;
    }

    /** Host and port. */
    public String address() {
        return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    /** Makes its health checks pass or fail from now on. */
    public void healthy(boolean now) {
        healthy = now;
    }

    /** How often its health was asked for. */
    public int checks() {
        return checks;
    }

    /** How many slow requests arrived. */
    public int held() {
        return held.get();
    }

    /** Lets slow requests finish. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        requests.shutdown();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One edge checks one at a time.
    private void check(HttpExchange exchange) throws IOException {
        checks++;
        answer(exchange, healthy ? 200 : 503);
    }

    private void hold(HttpExchange exchange) throws IOException {
        held.incrementAndGet();
        try {
            released.await();
            answer(exchange, 200);
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    /** Begins an answer at once and ends it when slow requests may finish. */
    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("X-Served-By", name.value());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write('a');
            body.flush();
            held.incrementAndGet();
            released.await();
            body.write('z');
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    /** Says who the user is, as it was passed on. */
    private void tellUser(HttpExchange exchange) throws IOException {
        String user = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
        exchange.getResponseHeaders().add("X-User", user == null ? "nobody" : user);
        answer(exchange, 200);
    }

    private void longHead(HttpExchange exchange) throws IOException {
        int bytes = Integer.parseInt(exchange.getRequestURI().getPath().split("/", -1)[2]);
        exchange.getResponseHeaders().add("X-Long", "a".repeat(bytes));
        answer(exchange, 200);
    }

    private void answerAsAsked(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/", -1);
        answerAfter(exchange, Integer.parseInt(parts[2]), Long.parseLong(parts[3]));
    }

    private void answerAfter(HttpExchange exchange, int status, long millis) throws IOException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        answer(exchange, status);
    }

    private void login(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Set-Cookie", session + "=1; Path=/");
        answer(exchange, 200);
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("X-Served-By", name.value());
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
