package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import tools.jackson.databind.json.JsonMapper;

/** What stands before the registry of this machine while servers take images from it. */
final class ImageGateTest {
    private static final String DIGEST = "sha256:" + "1".repeat(64);
    private static final String LAYER = "layer".repeat(1000);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer registry;
    private ImageGate gate;

    @BeforeEach
    void start() throws Exception {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(LAYER.length()));
            }
            exchange.sendResponseHeaders(200, head ? -1 : LAYER.length());
            if (!head) {
                exchange.getResponseBody().write(LAYER.getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });
        registry.start();
        gate = new ImageGate(source().open());
        gate.admit(ImageReference.parse("meridian.invalid/journal@" + DIGEST));
    }

    @AfterEach
    void stop() {
        gate.close();
        registry.stop(0);
        client.close();
    }

    @Test
    void nobody_without_the_password_of_this_run_gets_to_the_registry() throws Exception {
        HttpResponse<String> answer = ask("GET", "/v2/journal/blobs/" + DIGEST, "Basic bWVyaWRpYW46d3Jvbmc=");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"meridian\"");
        assertThat(asked).isEmpty();
    }

    @Test
    void who_may_read_may_not_write() throws Exception {
        for (String method : List.of("PUT", "POST", "PATCH", "DELETE")) {
            assertThat(ask(method, "/v2/journal/manifests/v1", login()).statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
        assertThat(ask("GET", "/metrics", login()).statusCode()).isEqualTo(404);
        assertThat(asked).isEmpty();
    }

    @Test
    void layers_go_through_as_they_are_and_are_counted() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/v2/journal/manifests/" + DIGEST, login());
        HttpResponse<String> layer = ask("GET", "/v2/journal/blobs/" + DIGEST, login());

        assertThat(head.headers().firstValue("Docker-Content-Digest")).hasValue(DIGEST);
        assertThat(head.headers().firstValue("Content-Length")).hasValue(Integer.toString(LAYER.length()));
        assertThat(layer.body()).isEqualTo(LAYER);
        assertThat(gate.sent()).isEqualTo(LAYER.length());
    }

    @Test
    void nothing_is_shown_but_what_is_brought() throws Exception {
        for (String path : List.of(
                "/v2/_catalog",
                "/v2/journal/tags/list",
                "/v2/journal/manifests/latest",
                "/v2/payroll/blobs/" + DIGEST,
                "/v2/journal/../payroll/blobs/" + DIGEST,
                "/v2/journal%2f..%2fpayroll/blobs/" + DIGEST)) {
            assertThat(ask("GET", path, login()).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(ask("GET", "/v2/", login()).statusCode()).isEqualTo(200);
        assertThat(asked).isEmpty();
    }

    @Test
    void why_a_registry_can_not_be_read_is_in_what_the_engine_shows() throws Exception {
        Failure why = Failure.of(Diagnostic.of("registry-refused", "ghcr.io gives no token", "Log in."));
        try (ImageGate closed = new ImageGate((method, path, headers) -> {
            throw why;
        })) {
            gate.close();
            gate = closed;
            closed.admit(ImageReference.parse("meridian.invalid/journal@" + DIGEST));

            HttpResponse<String> answer = ask("GET", "/v2/journal/manifests/" + DIGEST, login());

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("ghcr.io gives no token");
        }
    }

    /** The first bytes of a TLS connection (RFC 8446, 4.1.2 and 5.1), as an engine sends them to each registry first. */
    @Test
    void an_engine_that_tries_tls_first_is_not_kept_waiting() throws Exception {
        try (Socket engine =
                new Socket(gate.address().getAddress(), gate.address().getPort())) {
            engine.setSoTimeout(60_000);
            engine.getOutputStream().write(HexFormat.of().parseHex("1603010200010001fc0303"));

            int answer = engine.getInputStream().read();

            assertThat(answer).as("closed").isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void every_run_has_a_password_of_its_own() throws Exception {
        try (ImageGate other = new ImageGate(source().open())) {
            assertThat(other.entry().reveal()).isNotEqualTo(gate.entry().reveal());
        }
    }

    private ImageSource source() {
        return ImageSource.here(registry.getAddress()::getPort);
    }

    private String login() {
        return "Basic "
                + new JsonMapper().readTree(gate.entry().reveal()).path("auth").asString("");
    }

    private HttpResponse<String> ask(String method, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gate.address().getPort() + path))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
