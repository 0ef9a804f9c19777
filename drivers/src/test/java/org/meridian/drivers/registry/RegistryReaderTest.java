package org.meridian.drivers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.CommandRunner;

/** Layers of a registry that wants a token, or a password, and keeps some elsewhere; the real one answers in a test of the world. */
final class RegistryReaderTest {
    private static final String BLOB = "/v2/team/journal/blobs/sha256:" + "ab".repeat(32);
    private static final String BASIC = "Basic "
            + new Login.Password("ann", Secret.of("pass:word")).encoded().reveal();
    private static final CommandRunner NO_HELPER = command -> {
        throw new AssertionError(command);
    };

    /** Every request: path and authorization. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer registry;
    private final HttpServer store;
    private final Path docker;
    private String challenge = "";
    private String wanted = "Bearer t0ken";
    private boolean elsewhere;

    RegistryReaderTest(@TempDir Path directory) throws IOException {
        docker = directory.resolve("config.json");
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        registry.createContext("/v2/", this::blob);
        registry.createContext("/token", exchange -> {
            note(exchange);
            end(exchange, 200, "{\"token\":\"t0ken\"}");
        });
        store.createContext("/", exchange -> {
            note(exchange);
            end(exchange, 200, "layer of " + exchange.getRequestHeaders().getFirst("Range"));
        });
        registry.start();
        store.start();
        challenge = "Bearer realm=\"" + address(registry) + "/token\",service=\"hub\"";
        Files.writeString(
                docker, "{\"auths\":{\"" + host() + "\":{\"auth\":\"" + BASIC.substring("Basic ".length()) + "\"}}}");
    }

    @AfterEach
    void stop() {
        registry.stop(0);
        store.stop(0);
    }

    @Test
    void a_token_is_asked_for_once_and_again_when_it_has_ended() throws Exception {
        RegistryReader reader = reader();

        assertThat(read(reader)).isEqualTo("layer");
        assertThat(read(reader)).isEqualTo("layer");
        asked.clear();
        wanted = "Bearer t0ken, once more";
        registry.removeContext("/token");
        registry.createContext("/token", exchange -> end(exchange, 200, "{\"token\":\"t0ken, once more\"}"));

        assertThat(read(reader)).isEqualTo("layer");
        assertThat(asked).containsExactly(BLOB + " Bearer t0ken", BLOB + " Bearer t0ken, once more");
    }

    @Test
    void the_login_goes_to_who_gives_tokens_and_no_further() throws Exception {
        elsewhere = true;

        assertThat(read(reader())).isEqualTo("layer of bytes=5-");
        assertThat(asked).containsExactly(BLOB + " null", "/token " + BASIC, BLOB + " Bearer t0ken", "/layer null");
    }

    @Test
    void a_registry_that_wants_the_password_itself_gets_it() throws Exception {
        challenge = "Basic realm=\"private\"";
        wanted = BASIC;

        assertThat(read(reader())).isEqualTo("layer");
    }

    @Test
    void without_a_login_the_refusal_is_passed_on() throws Exception {
        challenge = "Basic realm=\"private\"";
        wanted = BASIC;
        Files.delete(docker);

        assertThat(reader().read("GET", BLOB, Map.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void a_registry_that_can_not_be_reached_is_named() {
        RegistryReader reader = reader();
        registry.stop(0);

        assertThatThrownBy(() -> reader.read("GET", BLOB, Map.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the registry " + host() + " can't be reached");
    }

    @Test
    void what_is_no_path_of_a_registry_is_not_asked() {
        assertThatThrownBy(() -> reader().read("GET", "/v2/", Map.of())).isInstanceOf(IOException.class);
        assertThat(asked).isEmpty();
    }

    private RegistryReader reader() {
        return new RegistryReader(
                ImageReference.parse(host() + "/team/journal"), new DockerLogins(docker, NO_HELPER), Optional.empty());
    }

    private static String read(RegistryReader reader) throws Exception {
        HttpResponse<InputStream> answer = reader.read("GET", BLOB, Map.of("Range", List.of("bytes=5-")));
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void blob(HttpExchange exchange) throws IOException {
        note(exchange);
        if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            end(exchange, 401, "");
        } else if (elsewhere) {
            exchange.getResponseHeaders().set("Location", address(store) + "/layer");
            end(exchange, 307, "");
        } else {
            end(exchange, 200, "layer");
        }
    }

    private void note(HttpExchange exchange) {
        asked.add(exchange.getRequestURI().getPath() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private String host() {
        return "127.0.0.1:" + registry.getAddress().getPort();
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void end(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
