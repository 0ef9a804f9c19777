package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those who never end a request can take from others. */
final class PlacesTest {
    private static final int LIMIT_MILLIS = 120_000;
    private static final String HALF = "GET /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";
    private static final Places.Limits HASTY =
            new Places.Limits(200, 60, Duration.ofMillis(300), Duration.ofMillis(600));

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void requests_that_are_half_sent_keep_nobody_from_looking_or_from_logging_in() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            AtomicInteger events = new AtomicInteger();
            Client viewer = stage.client(Stage.VIEWER);

            Client.Event last = viewer.event("/api/events", first -> flood(stage), event -> {
                return event.name().equals("probe") && events.incrementAndGet() >= 6;
            });

            assertThat(last.name()).as("a stream goes on meanwhile").isEqualTo("probe");
            assertThat(LoggedIn.at(stage).key())
                    .as("a login from the same address")
                    .isNotEmpty();
            assertThat(stage.client(Stage.OPERATOR).get("/api/session").statusCode())
                    .isEqualTo(200);
        }
    }

    /** Beyond all limits, from one address and from many. */
    private void flood(Stage stage) {
        try {
            for (int i = 0; i < 500; i++) {
                send(stage, InetAddress.getLoopbackAddress(), HALF);
            }
            for (int i = 2; i < 200; i++) {
                send(stage, InetAddress.ofLiteral("127.0.0." + i), HALF);
            }
        } catch (IOException e) {
            throw new AssertionError("no connection is taken any more, the " + open.size() + "th", e);
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
        try (Stage stage = Stage.with(HASTY)) {
            assertEnds(send(stage, InetAddress.getLoopbackAddress(), HALF));
            assertEnds(send(stage, InetAddress.getLoopbackAddress(), ""));
        }
    }

    @Test
    void a_body_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
        try (Stage stage = Stage.with(HASTY)) {
            assertEnds(send(
                    stage,
                    InetAddress.getLoopbackAddress(),
                    "POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Meridian: 1\r\n"
                            + "Content-Length: 10000\r\n\r\n{"));
        }
    }

    @Test
    void a_second_head_that_comes_byte_by_byte_is_not_waited_for_either() throws Exception {
        try (Stage stage = Stage.with(HASTY)) {
            assertEnds(send(
                    stage, InetAddress.getLoopbackAddress(), "GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" + HALF));
        }
    }

    @Test
    void whoever_is_logged_in_has_time() throws Exception {
        Duration enough = Duration.ofSeconds(5);
        try (Stage stage = Stage.with(new Places.Limits(200, 60, enough, enough))) {
            AtomicInteger events = new AtomicInteger();
            Client.Event last = stage.client(Stage.VIEWER)
                    .event("/api/events", event -> event.name().equals("probe") && events.incrementAndGet() >= 9);
            assertThat(last.name()).isEqualTo("probe");
        }
    }

    private Socket send(Stage stage, InetAddress from, String text) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), stage.address().getPort()),
                LIMIT_MILLIS);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Sends on, a byte at a time, which no limit on idleness sees, until the other end has had enough. */
    private static void assertEnds(Socket socket) throws Exception {
        Thread trickle = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write('x');
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                // It has.
            }
        });
        socket.setSoTimeout(LIMIT_MILLIS);
        try {
            InputStream answer = socket.getInputStream();
            byte[] all = answer.readAllBytes();
            assertThat(new String(all, StandardCharsets.UTF_8)).doesNotContain("HTTP/1.1 5");
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection is open still", e);
        } catch (java.net.SocketException e) {
            // Cut off while bytes were under way.
        } finally {
            trickle.interrupt();
        }
    }
}
