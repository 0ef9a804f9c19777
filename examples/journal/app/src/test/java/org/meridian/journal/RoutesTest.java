package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutesTest {
    private final FakePosts posts = new FakePosts();
    private final FakeCache cache = new FakeCache();
    private final Settings settings = TestSettings.with("GREETING", "Howdy <you>");
    private final Health health =
            new Health(settings.identity(), () -> !posts.down, () -> true, () -> true, cache::answers);
    private final Routes routes = new Routes(settings, posts, cache, new Pages(settings), health);

    @Test
    void aPostIsFoundWhereItsWriterIsSent() {
        Response written = write("title=First&body=*hello*");

        assertThat(written.status()).isEqualTo(303);
        assertThat(written.headers()).containsEntry("Location", "/posts/1");
        assertThat(text(get("/posts/1"))).contains("<h2>First</h2>", "<em>hello</em>");
    }

    @Test
    void aNewPostShowsInTheListAtOnce() {
        get("/");
        write("title=Fresh&body=x");

        assertThat(text(get("/"))).contains("Fresh");
    }

    @Test
    void titlesAreEscapedEverywhere() {
        write("title=%3Cscript%3E&body=x");

        assertThat(text(get("/")) + text(get("/posts/1")) + text(get("/feed"))).doesNotContain("<script");
    }

    @Test
    void aRenderedPageIsNotAskedForAgain() {
        write("title=First&body=x");
        get("/posts/1");
        int before = posts.asked;

        assertThat(get("/posts/1").status()).isEqualTo(200);
        assertThat(posts.asked).isEqualTo(before);
    }

    @Test
    void withoutTheCacheAllWorks() {
        cache.down = true;

        aPostIsFoundWhereItsWriterIsSent();
        aNewPostShowsInTheListAtOnce();
        assertThat(get("/up").status()).isEqualTo(200);
        assertThat(text(get("/up"))).contains("\"status\":\"degraded\"", "\"cache\":\"down\"");
    }

    @Test
    void withoutTheDatabaseItSaysSo() {
        posts.down = true;

        assertThat(get("/").status()).isEqualTo(503);
        assertThat(write("title=a&body=b").status()).isEqualTo(503);
        assertThat(get("/up").status()).isEqualTo(503);
        assertThat(text(get("/up"))).contains("\"primary\":\"down\"");
    }

    @Test
    void aPostThatIsMissingIsNotRememberedAsMissing() {
        assertThat(get("/posts/1").status()).isEqualTo(404);
        write("title=Late&body=x");
        assertThat(get("/posts/1").status()).isEqualTo(200);
    }

    @Test
    void theAboutPageShowsWhereItRunsAndWhatTheRegionSays() {
        assertThat(text(get("/about"))).contains("us-1", "r7", "v1", "Howdy &lt;you&gt;");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404",
        "GET, /posts/x, 404",
        "GET, /posts/1234567890123456789012, 404",
        "GET, /posts, 405",
        "DELETE, /, 405",
        "POST, /posts, 400",
        "HEAD, /about, 200"
    })
    void everyRequestGetsAFittingAnswer(String method, String path, int status) {
        assertThat(routes.apply(new Request(method, path, "", "")).status()).isEqualTo(status);
    }

    @Test
    void aSlowRequestHasALimit() {
        assertThat(routes.apply(new Request("GET", "/slow", "seconds=11", "")).status())
                .isEqualTo(400);
        assertThat(routes.apply(new Request("GET", "/slow", "seconds=0", "")).status())
                .isEqualTo(200);
    }

    private Response get(String path) {
        return routes.apply(new Request("GET", path, "", ""));
    }

    private Response write(String form) {
        return routes.apply(new Request("POST", "/posts", "", form));
    }

    private static String text(Response response) {
        return new String(response.body(), UTF_8);
    }
}
