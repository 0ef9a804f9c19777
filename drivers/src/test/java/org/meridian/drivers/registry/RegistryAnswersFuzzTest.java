package org.meridian.drivers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever a registry answers, there is a digest or a failure. */
final class RegistryAnswersFuzzTest {
    private static final int INPUTS = 100;
    private static final String BETWEEN = "\n=====\n";

    @Test
    void any_answer_of_a_registry_ends_in_a_digest_or_in_a_failure(@TempDir Path directory) throws Exception {
        try (RawRegistry registry = new RawRegistry();
                OciRegistry images = new OciRegistry(
                        new DockerLogins(directory.resolve("config.json"), new LocalProcesses()),
                        Optional.empty(),
                        any -> registry.address())) {
            ForeignText answers = new ForeignText(registry.usual(), text -> {
                registry.answer(text);
                ImageReference unused = images.resolve(ImageReference.parse("registry.example.com/shop:1"));
            });
            assertThat(images.resolve(ImageReference.parse("registry.example.com/shop:1"))
                            .digest())
                    .contains(TokenRegistry.DIGEST);
            assertThat(answers.wrong(1, INPUTS)).isEmpty();
        }
    }

    @Test
    void any_challenge_names_a_place_that_can_be_asked_or_none() throws InterruptedException {
        ForeignText challenges = new ForeignText(
                "Bearer"
                        + " realm=\"https://auth.example.com:443/token?a=b\",service=\"registry\",scope=\"repository:shop:pull\"",
                text -> {
                    Challenge challenge = Challenge.parse(text);
                    challenge.realm().ifPresent(realm -> assertThat(
                                    HttpRequest.newBuilder(realm).build().uri())
                            .isEqualTo(realm));
                    assertThat(challenge.query("shop")).isNotNull();
                });
        assertThat(challenges.wrong(1, 5_000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:80@registry.example.com/token",
                "http://localhost:x@registry.example.com/token",
                "https://user:password@registry.example.com/token",
                "http://registry.example.com/token",
                "http://127.0.0.1.example.com/token",
                "http://127.0.0.1:8x/token",
                "https:///token",
                "file:///etc/passwd"
            })
    void a_password_is_not_sent_to_a_place_that_only_looks_like_this_machine(String realm) {
        assertThat(Challenge.parse("Bearer realm=\"" + realm + "\"").realm()).isEmpty();
    }

    /** Answers with given bytes: who has no token, who wants one, who has one. */
    private static final class RawRegistry implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private volatile String answers = "";

        RawRegistry() throws IOException {
            answer(usual());
            Thread.ofVirtual().start(this::serve);
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        String usual() {
            String token = "{\"token\": \"abc\", \"expires_in\": 300}";
            return String.join(
                    BETWEEN,
                    "HTTP/1.1 401 Unauthorized\r\n"
                            + "WWW-Authenticate: Bearer"
                            + " realm=\"@REALM@\",service=\"registry\",scope=\"repository:shop:pull\"\r\n"
                            + "Content-Length: 0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + token.length()
                            + "\r\n\r\n" + token,
                    "HTTP/1.1 200 OK\r\nDocker-Content-Digest: " + TokenRegistry.DIGEST
                            + "\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n");
        }

        void answer(String newAnswers) {
            answers = newAnswers.replace("@REALM@", address() + "/token");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket one = socket.accept()) {
                    exchange(one);
                } catch (IOException e) {
                    // Whoever asked has gone, or the test is over.
                }
            }
        }

        private void exchange(Socket one) throws IOException {
            StringBuilder head = new StringBuilder();
            for (int next = one.getInputStream().read();
                    next >= 0 && head.indexOf("\r\n\r\n") < 0;
                    next = head.append((char) next).indexOf("\r\n\r\n") < 0
                            ? one.getInputStream().read()
                            : 0) {
                assertThat(head.length()).isLessThan(2_000_000);
            }
            List<String> all = List.of(answers.split(BETWEEN, -1));
            int which = head.indexOf("/token") >= 0 ? 1 : head.indexOf("Bearer ") >= 0 ? 2 : 0;
            one.getOutputStream().write(all.get(Math.min(which, all.size() - 1)).getBytes(UTF_8));
            one.getOutputStream().flush();
        }
    }
}
