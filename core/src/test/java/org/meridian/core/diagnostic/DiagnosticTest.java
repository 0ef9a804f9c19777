package org.meridian.core.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticTest {
    @Test
    void whatLogsContainCanNotActOnATerminal() {
        Diagnostic diagnostic = Diagnostic.of("x", "a\u001B[31m red\u0007 summary", "Do this.")
                .withDetail("web | \u001B[2K\u001B]0;title\u0007ready\r\nnext\tline");

        assertThat(diagnostic.summary()).isEqualTo("a red summary");
        assertThat(diagnostic.detail()).doesNotContain("\u001B", "\u0007", "\r").endsWith("ready\nnext\tline");
    }

    @Test
    void aProblemIsOneLineThatSomebodyMayRead() {
        Diagnostic diagnostic = Diagnostic.of("x", "'" + "a\n".repeat(500_000) + "' is no image", "Not \u001B[31mred.");

        assertThat(diagnostic.summary())
                .hasSizeLessThan(1_100)
                .doesNotContain("\n")
                .endsWith("' is no image");
        assertThat(diagnostic.suggestion()).isEqualTo("Not red.");
    }
}
