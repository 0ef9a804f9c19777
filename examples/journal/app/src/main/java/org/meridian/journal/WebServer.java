package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Speaks HTTP for the routes: a virtual thread per request, connections kept alive, every answer signed. */
final class WebServer {
    private static final int LONGEST_BODY = 256 * 1024;
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final Function<Request, Response> routes;
    private final String servedBy;
    /** The server itself, and every request. */
    private final Phaser inHand = new Phaser(1);

    private volatile boolean stopping;

    private WebServer(HttpServer server, Function<Request, Response> routes, String servedBy) {
        this.server = server;
        this.routes = routes;
        this.servedBy = servedBy;
    }

    /** Listens on every address of the container, on the port or, for 0, on a free one. */
    static WebServer start(int port, Function<Request, Response> routes, Identity identity) throws IOException {
        requireNonNull(routes, "routes is null");
        HttpServer http = HttpServer.create(new InetSocketAddress(port), BACKLOG);
        WebServer server = new WebServer(http, routes, identity.toString());
        http.createContext("/", server::answer);
        http.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
        http.start();
        return server;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /**
     * Accepts nothing new and waits, so long at most, for the requests in hand; at once when there are none. Java's server
     * waits the whole time once a user has hung up in the midst of a request, so that this counts for itself.
     */
    void stop(Duration patience) {
        stopping = true;
        Thread.ofVirtual().start(() -> server.stop(Math.toIntExact(patience.toSeconds())));
        try {
            inHand.awaitAdvanceInterruptibly(inHand.arriveAndDeregister(), patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // what is left had its time
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        inHand.register();
        try (exchange) {
            send(exchange, response(exchange));
        } finally {
            inHand.arriveAndDeregister();
        }
    }

    private Response response(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            return Response.of(413, "text/plain", "At most 256 KiB can be posted.\n".getBytes(UTF_8))
                    .with("Connection", "close");
        }
        return routes.apply(new Request(
                exchange.getRequestMethod(),
                Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "/"),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                new String(body, UTF_8)));
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        var headers = exchange.getResponseHeaders();
        response.headers().forEach(headers::set);
        headers.set("X-Served-By", servedBy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        if (stopping) {
            headers.set("Connection", "close");
        }
        int length = response.body().length;
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(response.body());
        }
    }
}
