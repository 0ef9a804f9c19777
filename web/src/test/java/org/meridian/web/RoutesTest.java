package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets through is decided for the route that matched, whatever the path looks like that was asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutesTest {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "OPTIONS");
    private static final Set<HandlerType> ROUTES = Set.of(HandlerType.GET, HandlerType.POST);

    private final Stage stage;

    RoutesTest() throws Exception {
        stage = Stage.withFirstRelease();
    }

    @BeforeAll
    void look() throws Exception {
        assertThat(stage.client(Stage.VIEWER).get("/api/world").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        stage.close();
    }

    private Stream<Endpoint> endpoints() {
        return stage.dashboard.routes().stream()
                .filter(endpoint -> ROUTES.contains(endpoint.method))
                .filter(endpoint -> !endpoint.path.equals("/*"));
    }

    Stream<String> paths() {
        return Stream.concat(endpoints().map(endpoint -> endpoint.path), Stream.of("/api/terminal"))
                .map(path -> path.replace("{number}", "1").replace("*", "anything"))
                .distinct();
    }

    /** Everything that some server or proxy takes for the same path. */
    private static List<String> spellings(String path) {
        String first = "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2);
        String last = path.substring(0, path.length() - 1)
                + "%"
                + Integer.toHexString(path.charAt(path.length() - 1)).toUpperCase(Locale.ROOT);
        return List.of(
                path,
                path + "/",
                path + "//",
                path + ";x",
                path + ";/",
                "/;x" + path,
                path.toUpperCase(Locale.ROOT),
                "/" + Character.toUpperCase(path.charAt(1)) + path.substring(2),
                first,
                last,
                path + "%2f",
                path + "%2F.",
                path + "%00",
                path + "%20",
                path + "/.",
                path + "/x/..",
                path + "?/",
                "/" + path,
                "/." + path,
                "/x/.." + path,
                "/%2e" + path,
                "/login/.." + path,
                path.replace("/", "\\"),
                path + ".js");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void without_a_token_no_spelling_of_a_path_gives_or_does_anything(String path) throws Exception {
        for (String spelling : spellings(path)) {
            for (String method : METHODS) {
                assertThat(ask(method, spelling))
                        .as(method + " " + spelling)
                        .containsPattern("^HTTP/1.1 4[0-9][0-9]")
                        .doesNotContain("journal-eu", "# HELP");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_viewer_changes_nothing_under_any_spelling(String path) throws Exception {
        Assumptions.assumeFalse(path.equals("/api/logout"), "viewers may leave");
        for (String spelling : spellings(path)) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                assertThat(ask(method, spelling, "Authorization: Bearer " + Stage.VIEWER))
                        .as(method + " " + spelling)
                        .containsPattern("^HTTP/1.1 4[0-9][0-9]");
            }
        }
        assertThat(stage.actions()).doesNotContain("rollback", "exec");
    }

    @Test
    void every_route_says_to_whom_it_is_open() {
        assertThat(endpoints()).hasSizeGreaterThan(10);
        assertThat(stage.dashboard.routes().stream().filter(endpoint -> ROUTES.contains(endpoint.method)))
                .allSatisfy(endpoint -> assertThat(Dashboard.accessOf(endpoint))
                        .as(endpoint.method + " " + endpoint.path)
                        .hasSize(1));
    }

    private String ask(String method, String path, String... more) throws IOException {
        Stream<String> lines = Stream.concat(
                Stream.of(
                        method + " " + path + " HTTP/1.1",
                        "Host: " + stage.address().getAuthority(),
                        "Content-Type: application/json",
                        "X-Meridian: 1",
                        "Content-Length: 0"),
                Stream.of(more));
        return RawHttp.send(stage.address(), lines.toArray(String[]::new));
    }
}
