package org.meridian.journal;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Turns what people wrote into what browsers may show. */
final class Markdown {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private Markdown() {}

    /** HTML of the Markdown. HTML inside it is shown as text, and links to scripts lose their target. */
    static String html(String markdown) {
        return HTML.render(PARSER.parse(markdown));
    }

    /** How many words people see. */
    static int words(String markdown) {
        String text = VisibleText.of(PARSER.parse(markdown)).strip();
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }

    /** Text made safe to stand in HTML or XML, in attributes too. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
