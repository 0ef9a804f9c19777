package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meridian.core.spi.ServerAccess.Size;

final class TerminalTest {
    @Test
    void what_is_typed_runs_in_the_container_and_what_it_writes_comes_back() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            Received received = new Received();
            WebSocket socket = open(stage, "server=journal-eu-r1-1&columns=100&rows=30", received);

            type(socket, "echo $((6*7))\n");
            received.until("42\n");
            socket.sendText("{\"resize\":{\"columns\":120,\"rows\":40}}", true).get(300, TimeUnit.SECONDS);
            type(socket, "printf 'd\\303\\251j\\303\\240 vu\\n'\n");
            received.until("déjà vu\n");
            type(socket, "exit 3\n");

            assertThat(received.last()).isEqualTo("{\"exit\":3}");
            assertThat(stage.access.sizes).containsExactly(new Size(120, 40));
            assertThat(stage.access.started).singleElement().satisfies(started -> {
                assertThat(started.service()).isEqualTo("web");
                assertThat(started.release()).hasToString("r1");
                assertThat(started.terminal()).contains(new Size(100, 30));
            });
            assertThat(stage.workspace.state().audit(1)).singleElement().satisfies(entry -> {
                assertThat(entry.action()).isEqualTo("exec");
                assertThat(entry.where()).containsExactly("journal-eu-r1-1");
                assertThat(entry.who()).contains("ops@lab-1").contains("operator at");
            });
        }
    }

    @Test
    void much_output_arrives_whole_and_in_order() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            Received received = new Received();
            WebSocket socket = open(stage, "server=journal-us-r1-2", received);

            type(socket, "seq 1 200000; exit\n");

            assertThat(received.last()).isEqualTo("{\"exit\":0}");
            assertThat(received.text.toString().lines().filter(line -> !line.isEmpty()))
                    .hasSize(200_000)
                    .last()
                    .isEqualTo("200000");
        }
    }

    @Test
    void a_server_that_is_not_there_is_said_so_before_the_terminal_opens() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            assertThat(stage.client(Stage.OPERATOR).get("/api/world").statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> open(stage, "server=journal-mars-r1-1", new Received()))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            e -> assertThat(e.getResponse().statusCode()).isEqualTo(404));
            assertThat(stage.actions()).doesNotContain("exec");
        }
    }

    private static void type(WebSocket socket, String text) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true)
                .get(300, TimeUnit.SECONDS);
    }

    private static WebSocket open(Stage stage, String query, Received received) throws Exception {
        URI address = URI.create("ws://" + stage.address().getAuthority() + "/api/terminal?" + query);
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + Stage.OPERATOR)
                .header("Origin", "http://" + stage.address().getAuthority())
                .buildAsync(address, received)
                .get(300, TimeUnit.SECONDS);
    }

    /** What comes from the terminal. */
    private static final class Received implements WebSocket.Listener {
        private static final String END = "(end)";

        private final StringBuilder text = new StringBuilder();
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] chunk = new byte[data.remaining()];
            data.get(chunk);
            synchronized (bytes) {
                bytes.writeBytes(chunk);
                text.setLength(0);
                bytes.notifyAll();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            texts.add(END);
            return null;
        }

        void until(String wanted) throws InterruptedException {
            long end = System.nanoTime() + 300_000_000_000L;
            synchronized (bytes) {
                while (!bytes.toString(StandardCharsets.UTF_8).endsWith(wanted)) {
                    if (System.nanoTime() > end) {
                        throw new AssertionError("'" + wanted + "' did not come, but " + bytes);
                    }
                    bytes.wait(1_000);
                }
            }
        }

        /** The text at the end. */
        String last() throws InterruptedException {
            String last = String.valueOf(texts.poll(20, TimeUnit.SECONDS));
            assertThat(texts.poll(20, TimeUnit.SECONDS)).isEqualTo(END);
            synchronized (bytes) {
                text.append(bytes.toString(StandardCharsets.UTF_8));
            }
            return last;
        }
    }
}
