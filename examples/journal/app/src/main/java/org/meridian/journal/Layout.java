package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all pages have in common. Each version has its own accent colour, so that a new release is seen at a glance. */
final class Layout {
    private static final List<String> ACCENTS =
            List.of("#7048e8", "#1971c2", "#2f9e44", "#e8590c", "#c2255c", "#0c8599", "#846358");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final String before;
    private final String between;
    private final String after;

    Layout(Identity identity, String greeting) {
        requireNonNull(identity, "identity is null");
        String page = Resource.text("/layout.html")
                .replace("{accent}", accent(identity.version()))
                .replace("{greeting}", Markdown.escape(greeting))
                .replace("{version}", Markdown.escape(identity.version()))
                .replace("{identity}", Markdown.escape(identity.toString()));
        before = page.substring(0, page.indexOf("{title}"));
        between = page.substring(page.indexOf("{title}") + "{title}".length(), page.indexOf("{main}"));
        after = page.substring(page.indexOf("{main}") + "{main}".length());
    }

    /** A whole page; both parts are HTML already. */
    String page(String title, String main) {
        return before + title + between + main + after;
    }

    /** The colour for the number in a version, so that v1 and v2 differ; versions without one share the first. */
    static String accent(String version) {
        Matcher number = NUMBER.matcher(version);
        int index = number.find() ? Integer.parseInt(number.group()) : 0;
        return ACCENTS.get(index % ACCENTS.size());
    }
}
