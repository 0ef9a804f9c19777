package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkdownTest {
    @Test
    void rendersMarkdown() {
        assertThat(Markdown.html("*hi*")).isEqualTo("<p><em>hi</em></p>\n");
    }

    @Test
    void showsHtmlAsText() {
        assertThat(Markdown.html("<script>alert(1)</script> and <b>bold</b>")).doesNotContain("<script", "<b>");
    }

    @Test
    void takesTheTargetFromLinksToScripts() {
        assertThat(Markdown.html("[click](javascript:alert(1))")).doesNotContain("javascript:");
    }

    @Test
    void countsTheWordsThatUsersSee() {
        assertThat(Markdown.words("# One\n\n**two** [three](https://example.com/not-counted)"))
                .isEqualTo(3);
        assertThat(Markdown.words("- one\n- two\nthree `four`\n\n    five\n")).isEqualTo(5);
        assertThat(Markdown.words("  \n ")).isZero();
    }

    @Test
    void escapesWhatCouldLeaveAnAttribute() {
        assertThat(Markdown.escape("<a href=\"'\">&")).isEqualTo("&lt;a href=&quot;&#39;&quot;&gt;&amp;");
    }
}
