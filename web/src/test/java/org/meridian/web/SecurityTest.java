package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.web.security.Role;

final class SecurityTest {
    private static final String LOGIN = "{\"token\":\"" + Stage.OPERATOR + "\"}";

    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.withFirstRelease();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/world",
                "/api/events",
                "/api/session",
                "/api/rollouts",
                "/api/rollouts/1",
                "/api/releases",
                "/api/secrets",
                "/api/audit",
                "/api/plan/rollback",
                "/api/logs",
                "/api/nothing",
                "/metrics"
            })
    void without_a_token_nothing_is_told(String path) throws Exception {
        HttpResponse<String> response = stage.client("").get(path);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(response.body()).contains("not-logged-in").doesNotContain("journal-eu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rollback", "/api/answer"})
    void without_a_token_nothing_is_done(String path) throws Exception {
        assertThat(stage.client("").post(path, "{}").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example.com", "http://127.0.0.1:1", "http://localhost.evil.example.com", "null"})
    void a_page_from_elsewhere_can_change_nothing(String origin) throws Exception {
        HttpResponse<String> response =
                stage.client("").post("/api/rollback", "{}", LoggedIn.at(stage).with("Origin", origin));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("foreign-origin");
        assertThat(stage.client("").post("/api/login", LOGIN, "Origin", origin).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_request_with_a_cookie_that_does_not_say_where_it_is_from_changes_nothing() throws Exception {
        assertThat(stage.client("")
                        .post("/api/rollback", "{}", LoggedIn.at(stage).with())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_another_site_or_another_port_asks_for_is_not_told() throws Exception {
        for (String site : new String[] {"cross-site", "same-site"}) {
            assertThat(stage.client("")
                            .get("/api/world", LoggedIn.at(stage).with("Sec-Fetch-Site", site))
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
    }

    @Test
    void a_form_of_another_site_is_not_taken() throws Exception {
        String answer = RawHttp.send(
                stage.address(),
                "POST /api/rollback HTTP/1.1",
                "Host: " + stage.address().getAuthority(),
                "Cookie: " + LoggedIn.at(stage).cookie(),
                "Origin: " + origin(),
                "Content-Type: text/plain",
                "X-Meridian: 1",
                "Content-Length: 0");

        assertThat(answer).startsWith("HTTP/1.1 415");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.com", "127.0.0.1.evil.example.com:80", "[::2]:7070", ""})
    void under_a_foreign_name_not_even_the_page_is_given(String host) throws Exception {
        for (String path : new String[] {"/", "/api/world"}) {
            String answer = RawHttp.send(
                    stage.address(),
                    "GET " + path + " HTTP/1.1",
                    "Host: " + host,
                    "Authorization: Bearer " + Stage.OPERATOR);
            assertThat(answer).as(path).containsPattern("^HTTP/1.1 (421|400)").doesNotContain("journal");
        }
    }

    @Test
    void a_name_that_was_configured_is_its_own() throws Exception {
        try (Stage named = Stage.with(settings -> new DashboardSettings(
                settings.listen(),
                0,
                Set.of("Dash.Example.com"),
                settings.tls(),
                settings.proxy(),
                settings.proxiedRole(),
                settings.tokens()))) {
            String answer = RawHttp.send(
                    named.address(),
                    "GET /api/session HTTP/1.1",
                    "Host: dash.example.com",
                    "Authorization: Bearer " + Stage.OPERATOR);
            assertThat(answer).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_terminal_is_not_opened_for_a_page_from_elsewhere() throws Exception {
        LoggedIn browser = LoggedIn.at(stage);
        String[] key = {"Cookie", browser.cookie(), "Sec-WebSocket-Protocol", "meridian, key." + browser.key()};
        assertThat(refusal(key[0], key[1], key[2], key[3], "Origin", "https://evil.example.com"))
                .isEqualTo(403);
        assertThat(refusal(key)).as("without an origin").isEqualTo(403);
        assertThat(refusal("Origin", origin())).as("without a cookie").isEqualTo(401);
        assertThat(refusal(key[0], key[1], "Origin", origin()))
                .as("without the key")
                .isEqualTo(401);
        assertThat(refusal(key[2], key[3], "Origin", origin()))
                .as("with the key alone")
                .isEqualTo(401);
        assertThat(stage.access.started).isEmpty();
    }

    @Test
    void a_viewer_may_look_and_neither_open_a_terminal_nor_press_a_button() throws Exception {
        Client viewer = stage.client(Stage.VIEWER);

        assertThat(viewer.json("/api/session").path("role").asString()).isEqualTo("viewer");
        assertThat(viewer.json("/api/plan/rollback?to=r1").path("summary").asString())
                .contains("r1");
        assertThat(viewer.post("/api/rollback", "{}").statusCode()).isEqualTo(403);
        assertThat(viewer.post("/api/answer", "{\"rollout\":1,\"verdict\":\"abort\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThatThrownBy(() -> socket("Authorization", "Bearer " + Stage.VIEWER))
                .satisfies(e -> assertThat(status(e)).isEqualTo(403));
        assertThat(stage.access.started).isEmpty();
        assertThat(stage.actions()).contains("refused").doesNotContain("rollback", "exec");
    }

    @Test
    void every_answer_tells_the_browser_to_run_nothing_else() throws Exception {
        for (String path : new String[] {"/", "/api/world", "/api/nothing", "/no-such-page"}) {
            HttpResponse<String> response = stage.client(Stage.VIEWER).get(path);
            var headers = response.headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void what_is_too_long_or_wrong_is_answered_in_words_without_a_trace() throws Exception {
        Client client = stage.client(Stage.OPERATOR);

        assertThat(client.post("/api/rollback", "{\"to\":\"" + "x".repeat(100_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        for (String body : new String[] {"", "[", "[]", "{\"to\":5}", "{\"to\":\"five\"}"}) {
            HttpResponse<String> response = client.post("/api/rollback", body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(response.body()).contains("bad-request").doesNotContain("Exception", "\\tat ");
        }
        assertThat(client.get("/api/rollouts/abc").statusCode()).isEqualTo(404);
        assertThat(client.get("/api/rollouts/99").body()).contains("unknown-rollout");
        assertThat(client.get("/api/logs?tail=x").statusCode()).isEqualTo(400);
        assertThat(client.get("/api/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../security/Guard.class",
                "/%2e%2e/api/Figures.class",
                "/page/..%2f..%2fDashboard.class",
                "//etc/passwd",
                "/.hidden",
                "/lib/javalin/x.js",
                "/lib/lit-html/../../x.js",
                "/index.html%00.js"
            })
    void nothing_but_the_page_is_given_as_a_file(String path) throws Exception {
        String answer = RawHttp.send(
                stage.address(),
                "GET " + path + " HTTP/1.1",
                "Host: " + stage.address().getAuthority());
        assertThat(answer).containsPattern("^HTTP/1.1 4[0-9][0-9]");
    }

    @Test
    void what_no_client_of_ours_sends_is_refused_and_tells_nothing() throws Exception {
        String host = "Host: " + stage.address().getAuthority();
        String token = "Authorization: Bearer " + Stage.VIEWER;
        for (String[] lines : new String[][] {
            {"GET /api/world HTTP/1.1", host, token, "X-Long: " + "x".repeat(40_000)},
            {"GET /api/world?" + "x".repeat(40_000) + " HTTP/1.1", host, token},
            {"GET /api/world HTTP/1.1", host, "Host: evil.example.com", token},
            {"GET http://evil.example.com/api/world HTTP/1.1", "Host: evil.example.com", token},
            {"GET http://evil.example.com/api/world HTTP/1.1", host, token},
            {"GET /api/world HTTP/1.1", token},
            {"GET /api/world HTTP/1.0", token},
            {"CONNECT 127.0.0.1:22 HTTP/1.1", host, token},
            {"TRACE /api/world HTTP/1.1", host, token},
            {"PRI * HTTP/2.0"},
            {"OPTIONS * HTTP/1.1", host, token},
            {"GET /api/world HTTP/1.1", host, token, "Origin: http://evil.example.com"},
            {"GET /api/world HTTP/1.1", host, token, "Sec-WebSocket-Version: 13"},
            {"POST /api/answer HTTP/1.1", host, "Content-Length: 5", "Transfer-Encoding: chunked"},
            {"GET /api/world HTTP/1.1", host, "Authorization: Bearer", "Cookie: meridian=" + "x".repeat(500)},
            {"GET /api/world HTTP/1.1", host, "Cookie: meridian", "X-Meridian-Key: x"}
        }) {
            assertThat(RawHttp.send(stage.address(), lines))
                    .as(lines[0].substring(0, Math.min(60, lines[0].length())))
                    .containsPattern("^HTTP/1.1 (4[0-9][0-9]|505)")
                    .doesNotContain("journal-eu", "Exception", "\tat ");
        }
    }

    @Test
    void the_page_is_given_with_its_type_and_only_once() throws Exception {
        HttpResponse<String> page = stage.client("").get("/");
        String tag = page.headers().firstValue("ETag").orElseThrow();

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(stage.client("").get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void beyond_loopback_it_does_not_listen_in_the_clear() throws Exception {
        InetAddress everywhere = InetAddress.ofLiteral("0.0.0.0");
        assertThatThrownBy(() -> new DashboardSettings(
                        everywhere,
                        0,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Role.OPERATOR,
                        Stage.settings().tokens()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("could read the token");
    }

    private static String origin() {
        return "http://" + stage.address().getAuthority();
    }

    private static int refusal(String... headers) {
        try {
            socket(headers).abort();
            return 101;
        } catch (Exception e) {
            return status(e);
        }
    }

    private static WebSocket socket(String... headers) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("Sec-WebSocket-Protocol")) {
                String[] protocols = headers[i + 1].split(", ", -1);
                builder.subprotocols(protocols[0], protocols[1]);
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        URI address = URI.create("ws://" + stage.address().getAuthority() + "/api/terminal?server=journal-eu-r1-1");
        return builder.buildAsync(address, new WebSocket.Listener() {}).get(300, TimeUnit.SECONDS);
    }

    private static int status(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof WebSocketHandshakeException)) {
            cause = cause.getCause();
        }
        if (cause instanceof WebSocketHandshakeException refused) {
            return refused.getResponse().statusCode();
        }
        throw new CompletionException(e);
    }
}
