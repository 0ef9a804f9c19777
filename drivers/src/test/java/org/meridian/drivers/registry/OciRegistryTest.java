package org.meridian.drivers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Against a registry that asks for tokens as the distribution project describes; the real one answers in a test of the world. */
final class OciRegistryTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String TOKEN = "t0ken";
    private static final Login.Password ANN = new Login.Password("ann", Secret.of("pass:word"));

    private final List<String> helpersAsked = new ArrayList<>();
    private final Path docker;
    private HttpServer server;
    private int status = 200;
    private boolean basic;

    OciRegistryTest(@TempDir Path directory) throws IOException {
        docker = directory.resolve("config.json");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/v2/team/journal/manifests/", this::manifest);
        server.createContext("/token", this::token);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_tag_becomes_its_digest() throws Exception {
        logIn();

        assertThat(resolve(":v1")).hasToString(host() + "/team/journal@" + DIGEST);
    }

    @Test
    void no_tag_means_latest() throws Exception {
        logIn();

        assertThat(resolve("").digest()).contains(DIGEST);
    }

    @Test
    void a_digest_stays_what_it_is_and_nobody_is_asked_for_it() throws Exception {
        status = 500;

        assertThat(resolve("@" + DIGEST)).hasToString(host() + "/team/journal@" + DIGEST);
        assertThat(resolve(":v1@" + DIGEST).digest()).contains(DIGEST);
    }

    @Test
    void a_registry_may_ask_for_the_password_itself() throws Exception {
        basic = true;
        logIn();

        assertThat(resolve(":v1").digest()).contains(DIGEST);
    }

    @Test
    void a_credential_helper_is_asked() throws Exception {
        Files.writeString(docker, "{\"credHelpers\": {\"" + host() + "\": \"vault\"}}");
        CommandRunner helper = command -> {
            helpersAsked.add(
                    command.argv() + " " + command.input().orElseThrow().reveal());
            return new CommandResult(command, 0, "{\"Username\": \"ann\", \"Secret\": \"pass:word\"}", "");
        };

        assertThat(resolve(":v1", helper).digest()).contains(DIGEST);
        assertThat(helpersAsked).containsExactly("[docker-credential-vault, get] " + host());
    }

    @Test
    void who_is_not_logged_in_is_told_so() {
        Failure failure = catchThrowableOfType(Failure.class, () -> resolve(":v1"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostic().suggestion()).contains("docker login " + host());
    }

    @Test
    void an_image_that_is_not_there_is_a_mistake_of_the_caller() throws Exception {
        logIn();
        status = 404;

        Failure failure = catchThrowableOfType(Failure.class, () -> resolve(":v9"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessageContaining("has no image " + host() + "/team/journal:v9");
    }

    @Test
    void too_many_requests_is_told_with_the_time_to_wait() throws Exception {
        logIn();
        status = 429;

        assertThatThrownBy(() -> resolve(":v1")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure).hasMessageContaining("the limit of the user who is logged in is reached");
            assertThat(failure.diagnostic().suggestion()).contains("wait for 7 s");
        });
    }

    @Test
    void a_registry_that_is_not_there_is_named() {
        server.stop(0);

        assertThatThrownBy(() -> resolve(":v1")).hasMessageContaining(host() + " can't be reached");
    }

    @Test
    void a_broken_login_is_told_without_its_text() throws IOException {
        Files.writeString(docker, "{\"auths\": {\"" + host() + "\": {\"auth\": \"hunter2\"}}}");

        Failure failure = catchThrowableOfType(Failure.class, () -> resolve(":v1"));

        assertThat(failure).hasMessageContaining("is not one");
        assertThat(failure.diagnostic().toString()).doesNotContain("hunter2");
    }

    /** Its content is the same by digest, whatever name it is asked for under. */
    @Test
    void docker_hubs_images_are_asked_for_at_a_mirror_with_its_login() throws Exception {
        logIn();
        basic = true;
        ImageMirror mirror = ImageMirror.parse(host() + "/team");
        server.createContext("/v2/team/library/redis/manifests/", this::manifest);
        DockerLogins logins = new DockerLogins(docker, command -> {
            throw new AssertionError("no command was expected: " + command);
        });

        try (OciRegistry registry = new OciRegistry(logins, Optional.of(mirror))) {
            assertThat(registry.resolve(ImageReference.parse("redis:7"))).hasToString("redis@" + DIGEST);
        }
        assertThat(mirror.of(ImageReference.parse("redis@" + DIGEST)))
                .hasToString(host() + "/team/library/redis@" + DIGEST);
        assertThat(mirror.of(ImageReference.parse("ghcr.io/a/b@" + DIGEST))).hasToString("ghcr.io/a/b@" + DIGEST);
    }

    private ImageReference resolve(String version) throws InterruptedException {
        return resolve(version, command -> {
            throw new AssertionError("no command was expected: " + command);
        });
    }

    private ImageReference resolve(String version, CommandRunner commands) throws InterruptedException {
        try (OciRegistry registry = new OciRegistry(new DockerLogins(docker, commands), Optional.empty())) {
            return registry.resolve(ImageReference.parse(host() + "/team/journal" + version));
        }
    }

    private void logIn() throws IOException {
        Files.writeString(
                docker,
                "{\"auths\": {\"" + host() + "\": {\"auth\": \"" + ANN.encoded().reveal() + "\"}}}");
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void manifest(HttpExchange exchange) throws IOException {
        String wanted = basic ? RegistryHttp.basic(ANN) : "Bearer " + TOKEN;
        if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            String bearer = "Bearer realm=\"http://" + host() + "/token\",service=\"journals\"";
            exchange.getResponseHeaders().add("WWW-Authenticate", basic ? "Basic realm=\"journals\"" : bearer);
            answer(exchange, 401, "");
            return;
        }
        exchange.getResponseHeaders().add("Docker-Content-Digest", DIGEST);
        exchange.getResponseHeaders().add("Retry-After", "7");
        answer(exchange, status, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean known =
                RegistryHttp.basic(ANN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String query = exchange.getRequestURI().getQuery();
        boolean right = query.equals("scope=repository:team/journal:pull&service=journals");
        answer(exchange, known && right ? 200 : 401, "{\"token\": \"" + TOKEN + "\"}");
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
