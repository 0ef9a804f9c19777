package org.meridian.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class ConnectionsTest {
    private static final Call KEPT = new Call(Kind.LIST, "/", "", "US", false);
    private static final Call OWN = new Call(Kind.LIST, "/", "", "US", true);

    @Test
    void readsTheAnswer() throws IOException {
        Answer answer = make(_ -> FakeServer.ok("hello"), KEPT);

        assertThat(answer).isEqualTo(new Answer(200, "", "us/us-1/r1", false));
    }

    @Test
    void keepsConnectionsAndSkipsBodies() throws IOException {
        try (FakeServer server = new FakeServer(_ -> FakeServer.ok("x".repeat(100_000)));
                Connections connections = new Connections(server.target())) {
            connections.make(KEPT, soon());
            connections.make(KEPT, soon());
            connections.make(new Call(Kind.WRITE, "/posts", "title=ü", "US", false), soon());

            assertThat(server.connections).hasValue(1);
            assertThat(server.requests).last().isEqualTo("POST /posts HTTP/1.1");
        }
    }

    @Test
    void opensAConnectionForACallThatWantsItsOwn() throws IOException {
        try (FakeServer server = new FakeServer(_ -> FakeServer.ok(""));
                Connections connections = new Connections(server.target())) {
            connections.make(KEPT, soon());
            connections.make(OWN, soon());
            connections.make(OWN, soon());

            assertThat(server.connections).hasValue(3);
        }
    }

    @Test
    void replacesAConnectionThatTheServerClosedWhileItWasIdle() throws IOException {
        try (FakeServer server = new FakeServer(_ -> FakeServer.ok(""));
                Connections connections = new Connections(server.target())) {
            connections.make(KEPT, soon());
            server.closeConnections();

            assertThat(connections.make(KEPT, soon()).status()).isEqualTo(200);
        }
    }

    @Test
    void doesNotRepeatARequestThatWasCutOff() throws IOException {
        try (FakeServer server = new FakeServer(_ -> "");
                Connections connections = new Connections(server.target())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> connections.make(KEPT, soon()))
                    .withMessage("the server closed the connection before the end of its answer (new connection)");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void givesUpAtTheDeadline() {
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> make(_ -> "HTTP/1.1 200 OK\r\n", KEPT, Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n"
            })
    void refusesWhatItDoesNotUnderstand(String answer) {
        assertThatThrownBy(() -> make(_ -> answer, KEPT))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static Answer make(Function<String, String> answers, Call call) throws IOException {
        return make(answers, call, Duration.ofSeconds(10));
    }

    private static Answer make(Function<String, String> answers, Call call, Duration patience) throws IOException {
        try (FakeServer server = new FakeServer(answers);
                Connections connections = new Connections(server.target())) {
            return connections.make(call, System.nanoTime() + patience.toNanos());
        }
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofSeconds(10).toNanos();
    }
}
