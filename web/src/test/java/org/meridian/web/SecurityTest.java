package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
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
import org.meridian.web.security.TrustedProxy;

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

    @Test
    void a_wrong_token_is_refused_and_written_down_and_too_many_have_to_wait() throws Exception {
        try (Stage fresh = Stage.empty()) {
            Client client = fresh.client("");
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = client.post("/api/login", "{\"token\":\"guess" + i + "\"}");
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            }

            HttpResponse<String> late = client.post("/api/login", LOGIN);

            assertThat(late.statusCode()).as("even the right token").isEqualTo(429);
            assertThat(Integer.parseInt(late.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 61);
            assertThat(fresh.actions()).hasSize(5).containsOnly("login-refused");
            assertThat(fresh.client("wrong").get("/api/world").statusCode()).isEqualTo(429);
            // A minute of the simulated world, after which the right one is taken again.
            fresh.workspace.world().time().sleep(Duration.ofSeconds(61));
            assertThat(client.post("/api/login", LOGIN).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void logging_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get() throws Exception {
        Client client = stage.client("");
        HttpResponse<String> login = client.post("/api/login", LOGIN);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.body()).contains("\"role\":\"operator\"").doesNotContain(Stage.OPERATOR);
        assertThat(cookie).startsWith("meridian=").contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(cookie).doesNotContain(Stage.OPERATOR);
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(client.get("/api/session", "Cookie", pair).statusCode()).isEqualTo(200);
        assertThat(client.post("/api/logout", "{}", "Cookie", pair, "Origin", origin())
                        .statusCode())
                .isEqualTo(204);
        assertThat(client.get("/api/session", "Cookie", pair).statusCode()).isEqualTo(401);
        assertThat(stage.actions()).contains("login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example.com", "http://127.0.0.1:1", "http://localhost.evil.example.com", "null"})
    void a_page_from_elsewhere_can_change_nothing(String origin) throws Exception {
        String cookie = cookie();

        HttpResponse<String> response =
                stage.client("").post("/api/rollback", "{}", "Cookie", cookie, "Origin", origin);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("foreign-origin");
        assertThat(stage.client("").post("/api/login", LOGIN, "Origin", origin).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_request_with_a_cookie_that_does_not_say_where_it_is_from_changes_nothing() throws Exception {
        assertThat(stage.client("")
                        .post("/api/rollback", "{}", "Cookie", cookie())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_another_site_or_another_port_asks_for_is_not_told() throws Exception {
        for (String site : new String[] {"cross-site", "same-site"}) {
            assertThat(stage.client("")
                            .get("/api/world", "Cookie", cookie(), "Sec-Fetch-Site", site)
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
                "Cookie: " + cookie(),
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
        assertThat(refusal("https://evil.example.com", cookie())).isEqualTo(403);
        assertThat(refusal("", cookie())).as("without an origin").isEqualTo(403);
        assertThat(refusal(origin(), "")).as("without a cookie").isEqualTo(401);
        assertThat(stage.access.started).isEmpty();
    }

    @Test
    void a_reader_may_look_and_neither_open_a_terminal_nor_press_a_button() throws Exception {
        Client reader = stage.client(Stage.READER);

        assertThat(reader.json("/api/session").path("role").asString()).isEqualTo("reader");
        assertThat(reader.json("/api/plan/rollback?to=r1").path("summary").asString())
                .contains("r1");
        assertThat(reader.post("/api/rollback", "{}").statusCode()).isEqualTo(403);
        assertThat(reader.post("/api/answer", "{\"rollout\":1,\"verdict\":\"abort\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThatThrownBy(() -> socket("Authorization", "Bearer " + Stage.READER))
                .satisfies(e -> assertThat(status(e)).isEqualTo(403));
        assertThat(stage.access.started).isEmpty();
        assertThat(stage.actions()).contains("refused").doesNotContain("rollback", "exec");
    }

    @Test
    void every_answer_tells_the_browser_to_run_nothing_else() throws Exception {
        for (String path : new String[] {"/", "/api/world", "/api/nothing", "/no-such-page"}) {
            HttpResponse<String> response = stage.client(Stage.READER).get(path);
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

    @Test
    void a_trusted_proxy_says_who_people_are_and_nobody_else_does() throws Exception {
        TrustedProxy proxy = new TrustedProxy("X-Forwarded-User", InetAddress.getLoopbackAddress());
        try (Stage proxied = Stage.with(settings -> behind(settings, proxy, Role.READER))) {
            Client client = proxied.client("");
            assertThat(client.get("/api/session", "X-Forwarded-User", "alice@example.com")
                            .body())
                    .contains("\"who\":\"alice@example.com\"", "\"role\":\"reader\"");
            assertThat(client.get("/api/session").statusCode()).isEqualTo(401);
            assertThat(client.get("/api/session", "X-Forwarded-User", "alice", "X-Forwarded-User", "root")
                            .statusCode())
                    .as("a client's header beside the proxy's")
                    .isEqualTo(401);
        }
        TrustedProxy elsewhere = new TrustedProxy("X-Forwarded-User", InetAddress.ofLiteral("127.0.0.9"));
        try (Stage proxied = Stage.with(settings -> behind(settings, elsewhere, Role.OPERATOR))) {
            assertThat(proxied.client("")
                            .get("/api/session", "X-Forwarded-User", "mallory")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    private static DashboardSettings behind(DashboardSettings settings, TrustedProxy proxy, Role role) {
        return new DashboardSettings(
                settings.listen(), 0, Set.of(), Optional.empty(), Optional.of(proxy), role, settings.tokens());
    }

    private static String origin() {
        return "http://" + stage.address().getAuthority();
    }

    private static String cookie() throws Exception {
        String cookie = stage.client("")
                .post("/api/login", LOGIN)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static int refusal(String origin, String cookie) {
        String[] headers = origin.isEmpty()
                ? new String[] {"Cookie", cookie}
                : cookie.isEmpty()
                        ? new String[] {"Origin", origin}
                        : new String[] {"Cookie", cookie, "Origin", origin};
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
            builder.header(headers[i], headers[i + 1]);
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
