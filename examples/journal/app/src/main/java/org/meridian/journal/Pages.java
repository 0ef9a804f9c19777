package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The app's pages as HTML. */
final class Pages {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Settings settings;
    private final Layout layout;

    Pages(Settings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.layout = new Layout(settings.identity(), settings.greeting());
    }

    /** The front page: the newest posts, and a form to write one. */
    String list(List<Post> posts) {
        return layout.page(
                "Journal", """
                <ul class="posts">
                %s</ul>
                <h2>Write</h2>
                <form method="post" action="/posts">
                <label>Title <input name="title" maxlength="200" required></label>
                <label>Text, in Markdown <textarea name="body" rows="6" maxlength="65536" required></textarea></label>
                <button>Publish</button>
                </form>
                """.formatted(posts.stream().map(Pages::line).collect(Collectors.joining())));
    }

    private static String line(Post post) {
        return """
                <li><a href="/posts/%d">%s</a> <small>%s</small></li>
                """.formatted(post.id(), Markdown.escape(post.title()), facts(post));
    }

    /** One post. */
    String post(Post post) {
        String title = Markdown.escape(post.title());
        return layout.page(title, """
                <article><h2>%s</h2><small>%s</small>
                %s</article>
                """.formatted(title, facts(post), Markdown.html(post.body())));
    }

    private static String facts(Post post) {
        String day = DAY.format(post.createdAt());
        return post.words().isPresent() ? day + ", " + post.words().getAsInt() + " words" : day;
    }

    /** Where this process runs, what it is, and what its region told it. */
    String about() {
        Identity identity = settings.identity();
        return layout.page(
                "About",
                "<h2>About</h2><table>"
                        + row("Region", identity.region())
                        + row("Server", identity.server())
                        + row("Release", identity.release())
                        + row("Version", identity.version())
                        + row("Greeting", settings.greeting())
                        + row("Writes to", settings.database().primaryHost())
                        + row("Reads from", settings.database().replicaHost())
                        + "</table>");
    }

    private static String row(String name, String value) {
        return "<tr><th>%s</th><td>%s</td></tr>%n".formatted(name, Markdown.escape(value));
    }

    /** What to show when something went wrong. */
    String problem(String title, String detail) {
        return layout.page(title, "<h2>%s</h2><p>%s</p>".formatted(Markdown.escape(title), Markdown.escape(detail)));
    }
}
