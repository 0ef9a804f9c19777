package org.meridian.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Feeds feeds = new Feeds();

    @Test
    void what_waits_goes_out_together() throws Exception {
        Connection connection = new Connection();
        try (Feed feed = feeds.open()) {
            feeds.add(Frame.of("probe", 1));
            feeds.add(Frame.of("probe", 2));
            feeds.state(Frame.of("world", 1));
            connection.send(feed);
            assertThat(connection.sent()).isEmpty(); // the headers
            assertThat(connection.sent())
                    .isEqualTo("event: probe\ndata: 1\n\nevent: probe\ndata: 2\n\nevent: world\ndata: 1\n\n");
        }
        connection.join();
    }

    @Test
    void one_that_takes_nothing_holds_nobody_up_and_then_gets_the_newest_state() throws Exception {
        Connection stuck = new Connection();
        Connection quick = new Connection();
        try (Feed one = feeds.open();
                Feed other = feeds.open()) {
            stuck.stuckIn(one);
            quick.send(other);
            assertThat(quick.sent()).isEmpty();
            feeds.state(Frame.of("world", 0));
            assertThat(quick.sent()).contains("data: 0\n");
            stuck.awaitStuck();
            for (int i = 1; i <= 100; i++) {
                feeds.state(Frame.of("world", i));
                assertThat(quick.sent()).isEqualTo("event: world\ndata: " + i + "\n\n");
            }
            stuck.open.countDown();
            assertThat(stuck.sent()).isEmpty();
            assertThat(stuck.sent())
                    .contains("data: 0\n")
                    .contains("\"skipped\":99")
                    .endsWith("data: 100\n\n");
        }
        stuck.join();
        quick.join();
    }

    @Test
    void who_is_let_in_no_more_is_told_nothing_more() throws Exception {
        Connection connection = new Connection();
        try (Feed feed = feeds.open()) {
            connection.send(feed);
            assertThat(connection.sent()).isEmpty();
            connection.stillIn.set(false);
            feeds.add(Frame.of("probe", 1));
            connection.join();
            assertThat(connection.flushed).isEmpty();
        }
    }

    @Test
    void it_ends_with_its_feed() throws Exception {
        Connection connection = new Connection();
        Feed feed = feeds.open();
        connection.send(feed);
        assertThat(connection.sent()).isEmpty();
        feeds.close();
        connection.join();
    }

    /** A client's end: what it got with each flush; one that is stuck takes nothing until it is opened. */
    private static final class Connection extends ServletOutputStream {
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch waits = new CountDownLatch(1);
        private final AtomicBoolean stillIn = new AtomicBoolean(true);
        private final BlockingQueue<String> flushed = new LinkedBlockingQueue<>();
        private final StringBuilder written = new StringBuilder();
        private Thread thread = Thread.ofVirtual().unstarted(() -> {});

        void send(Feed feed) {
            open.countDown();
            stuckIn(feed);
        }

        void stuckIn(Feed feed) {
            HttpServletResponse response = port(HttpServletResponse.class, name -> switch (name) {
                case "getOutputStream" -> Optional.of(this);
                case "flushBuffer" -> Optional.of(flushed.add(taken()));
                default -> Optional.empty();
            });
            Context context = port(Context.class, name -> Optional.of(response).filter(any -> name.equals("res")));
            thread = Thread.ofVirtual().start(() -> {
                try {
                    new EventStream(context, stillIn::get).send(feed);
                } catch (Exception e) {
                    flushed.add("failed: " + e);
                }
            });
        }

        /** What came with the next flush. */
        String sent() throws InterruptedException {
            String text = flushed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return text == null ? "nothing came" : text;
        }

        void awaitStuck() throws InterruptedException {
            assertThat(waits.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        void join() throws InterruptedException {
            assertThat(thread.join(LIMIT)).as("the stream ended").isTrue();
        }

        private String taken() {
            String text = written.toString();
            written.setLength(0);
            return text;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            waits.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.append(new String(bytes, from, length, StandardCharsets.UTF_8));
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException("a frame is written whole");
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("nobody listens");
        }

        private static <T> T port(Class<T> type, Function<String, Optional<?>> answer) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        Optional<?> result = answer.apply(method.getName());
                        return method.getReturnType() == void.class ? null : result.orElse(null);
                    }));
        }
    }
}
