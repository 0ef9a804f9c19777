package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AuditEntry;

/** Tokens, the cookie and the key, and how long what they open goes on. */
final class LoginTest {
    private static final String LOGIN = "{\"token\":\"" + Stage.OPERATOR + "\"}";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void wrong_tokens_do_not_lock_the_right_one_out() throws Exception {
        try (Stage stage = Stage.empty()) {
            Client client = stage.client("");
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = client.post("/api/login", "{\"token\":\"guess" + i + "\"}");
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            }
            HttpResponse<String> late = client.post("/api/login", "{\"token\":\"guess\"}");
            assertThat(late.statusCode()).as("another guess").isEqualTo(429);
            assertThat(Integer.parseInt(late.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 61);
            assertThat(stage.client("wrong").get("/api/session").statusCode()).isEqualTo(429);

            assertThat(client.post("/api/login", LOGIN).statusCode())
                    .as("the right token from the same address")
                    .isEqualTo(200);
            assertThat(stage.client(Stage.OPERATOR).get("/api/session").statusCode())
                    .isEqualTo(200);
            assertThat(stage.actions()).containsOnly("login-refused", "login");
        }
    }

    @Test
    void a_cookie_without_the_pages_key_which_other_ports_get_too_is_worth_nothing() throws Exception {
        try (Stage stage = Stage.empty()) {
            LoggedIn browser = LoggedIn.at(stage);
            LoggedIn other = LoggedIn.at(stage);
            Client client = stage.client("");
            String origin = "http://" + stage.address().getAuthority();

            assertThat(client.get("/api/session", browser.with()).statusCode()).isEqualTo(200);
            assertThat(client.get("/api/session", "Cookie", browser.cookie()).statusCode())
                    .isEqualTo(401);
            assertThat(client.get("/api/events", "Cookie", browser.cookie()).statusCode())
                    .isEqualTo(401);
            assertThat(client.get("/metrics", "Cookie", browser.cookie()).statusCode())
                    .isEqualTo(401);
            assertThat(client.get("/api/session", "X-Meridian-Key", browser.key())
                            .statusCode())
                    .as("nor is the key alone")
                    .isEqualTo(401);
            assertThat(client.get("/api/session", "Cookie", browser.cookie(), "X-Meridian-Key", other.key())
                            .statusCode())
                    .as("nor another session's key")
                    .isEqualTo(401);
            assertThat(client.post("/api/rollback", "{}", "Cookie", browser.cookie(), "Origin", origin)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(client.post("/api/logout", "{}", "Cookie", browser.cookie(), "Origin", origin)
                            .statusCode())
                    .as("another port's page can't even end it")
                    .isEqualTo(401);
            assertThat(browser.key()).isNotEqualTo(browser.cookie()).hasSize(43);
        }
    }

    @Test
    void a_stream_ends_with_the_session_that_opened_it_whatever_else_the_request_bore() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            LoggedIn browser = LoggedIn.at(stage);
            HttpResponse<InputStream> stream = stage.client("")
                    .http
                    .send(
                            HttpRequest.newBuilder(stage.address().resolve("/api/events"))
                                    .headers(browser.with("Authorization", "Basic bWVhbmluZ2xlc3M="))
                                    .build(),
                            BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);

            logOut(stage, browser);

            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> rest(stream.body()));
            assertThat(read.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNegative();
        }
    }

    @Test
    void a_terminal_ends_with_the_session_that_opened_it() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            LoggedIn browser = LoggedIn.at(stage);
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Cookie", browser.cookie())
                    .header("Origin", "http://" + stage.address().getAuthority())
                    .subprotocols("meridian", "key." + browser.key())
                    .buildAsync(
                            URI.create(
                                    "ws://" + stage.address().getAuthority() + "/api/terminal?server=journal-eu-r1-1"),
                            new WebSocket.Listener() {
                                @Override
                                public @Nullable CompletionStage<?> onClose(WebSocket at, int status, String reason) {
                                    closed.complete(status);
                                    return null;
                                }
                            })
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).as("the key is not repeated").isEqualTo("meridian");

            logOut(stage, browser);

            assertThat(closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @Test
    void a_viewer_cannot_fill_the_audit_log() throws Exception {
        try (Stage stage = Stage.empty()) {
            Client viewer = stage.client(Stage.VIEWER);
            for (int i = 0; i < 40; i++) {
                assertThat(viewer.post("/api/rollback", "{}").statusCode()).isEqualTo(403);
                assertThat(LoggedIn.at(stage, Stage.VIEWER).key()).isNotEmpty();
            }
            assertThat(stage.actions()).containsExactlyInAnyOrder("refused", "login");

            // A minute of the simulated world, after which the next is written, and how many there were.
            stage.workspace.world().time().sleep(Duration.ofSeconds(61));
            assertThat(viewer.post("/api/rollback", "{}").statusCode()).isEqualTo(403);

            assertThat(stage.workspace.state().audit(100))
                    .hasSize(5)
                    .extracting(AuditEntry::what)
                    .anyMatch(what -> what.contains("39 times more"));
        }
    }

    @Test
    void those_who_only_look_push_no_operators_session_out() throws Exception {
        try (Stage stage = Stage.empty()) {
            LoggedIn operator = LoggedIn.at(stage);
            LoggedIn first = LoggedIn.at(stage, Stage.VIEWER);
            for (int i = 0; i < 50; i++) {
                assertThat(LoggedIn.at(stage, Stage.VIEWER).key()).isNotEmpty();
            }
            assertThat(stage.client("").get("/api/session", operator.with()).statusCode())
                    .isEqualTo(200);
            assertThat(stage.client("").get("/api/session", first.with()).statusCode())
                    .as("the oldest of the viewer's own")
                    .isEqualTo(401);
        }
    }

    private static void logOut(Stage stage, LoggedIn browser) throws Exception {
        String origin = "http://" + stage.address().getAuthority();
        assertThat(stage.client("")
                        .post("/api/logout", "{}", browser.with("Origin", origin))
                        .statusCode())
                .isEqualTo(204);
    }

    private static int rest(InputStream body) {
        try (body) {
            return body.readAllBytes().length;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
