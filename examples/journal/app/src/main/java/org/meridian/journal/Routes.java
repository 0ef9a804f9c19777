package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which address shows what. */
final class Routes implements Function<Request, Response> {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final int NEWEST = 25;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_WAIT_SECONDS = 10;

    private final Posts posts;
    private final PageCache cache;
    private final Pages pages;
    private final Health health;

    Routes(Settings settings, Posts posts, Cache cache, Pages pages, Health health) {
        this.posts = requireNonNull(posts, "posts is null");
        this.cache = new PageCache(cache, settings.identity().version());
        this.pages = requireNonNull(pages, "pages is null");
        this.health = requireNonNull(health, "health is null");
    }

    /** Answers a request; whatever goes wrong becomes an answer too. */
    @Override
    public Response apply(Request request) {
        try {
            return route(request);
        } catch (BadRequest e) {
            return Response.html(400, pages.problem("That did not work", e.advice()));
        } catch (SQLException e) {
            LOG.warn("{} {} failed: {}", request.method(), request.path(), e.getMessage());
            return Response.html(503, pages.problem("Back in a moment", "The database does not answer."));
        }
    }

    private Response route(Request request) throws SQLException {
        boolean writes = request.path().equals("/posts");
        if (writes ? !request.method().equals("POST") : !request.reads()) {
            return Response.html(405, pages.problem("Not here", "This address does not take that method."))
                    .with("Allow", writes ? "POST" : "GET, HEAD");
        }
        return switch (request.path()) {
            case "/" -> list();
            case "/posts" -> add(Form.parse(request.body()));
            case "/feed" -> feed();
            case "/slow" -> slow(Form.parse(request.query()).number("seconds", 2, LONGEST_WAIT_SECONDS));
            case "/up" -> health.check();
            case "/about" -> Response.html(200, pages.about());
            default -> request.path().startsWith("/posts/") ? post(request.path()) : missing();
        };
    }

    private Response list() throws SQLException {
        return Response.html(200, cache.page("list", Duration.ofSeconds(2), () -> pages.list(posts.newest(NEWEST))));
    }

    private Response feed() throws SQLException {
        byte[] feed = cache.page("feed", Duration.ofSeconds(10), () -> Feed.of(posts.newest(NEWEST)));
        return Response.of(200, "application/rss+xml; charset=utf-8", feed);
    }

    private Response add(Form form) throws SQLException {
        long id = posts.add(form.text("title", LONGEST_TITLE), form.text("body", LONGEST_BODY));
        cache.forget("list"); // so that this server's next user sees it
        return Response.seeOther("/posts/" + id);
    }

    private Response post(String path) throws SQLException {
        String id = path.substring("/posts/".length());
        if (!id.matches("\\d{1,18}")) {
            return missing();
        }
        Optional<byte[]> page =
                cache.pageIfAny("post-" + id, Duration.ofMinutes(1), () -> posts.find(Long.parseLong(id))
                        .map(pages::post));
        return page.map(found -> Response.html(200, found)).orElseGet(this::missing);
    }

    private Response slow(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
            return Response.of(
                    200, "text/plain", "That took %d s.\n".formatted(seconds).getBytes(UTF_8));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Response.html(503, pages.problem("Stopped", "The server had to stop before it was done."));
        }
    }

    private Response missing() {
        return Response.html(404, pages.problem("Nothing here", "There is no such page."));
    }
}
