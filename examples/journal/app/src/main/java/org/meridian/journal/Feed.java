package org.meridian.journal;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The newest posts as RSS 2.0 (rssboard.org/rss-specification). */
final class Feed {
    private Feed() {}

    static String of(List<Post> posts) {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <rss version="2.0"><channel>
                <title>Journal</title><link>/</link><description>The newest posts</description>
                %s</channel></rss>
                """.formatted(posts.stream().map(Feed::item).collect(Collectors.joining()));
    }

    private static String item(Post post) {
        return """
                <item><title>%s</title><link>/posts/%d</link><guid isPermaLink="false">post-%d</guid>\
                <pubDate>%s</pubDate><description>%s</description></item>
                """.formatted(
                Markdown.escape(printable(post.title())),
                post.id(),
                post.id(),
                DateTimeFormatter.RFC_1123_DATE_TIME.format(post.createdAt().atOffset(ZoneOffset.UTC)),
                Markdown.escape(printable(Markdown.html(post.body()))));
    }

    /** XML 1.0 has no way to write control characters, not even escaped ones. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    }
}
