package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LayoutTest {
    @Test
    void twoVersionsInARowLookDifferent() {
        for (int version = 1; version < 30; version++) {
            assertThat(Layout.accent("v" + version)).isNotEqualTo(Layout.accent("v" + (version + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev", "v1.2.3", "20251123151515", "sha-0f9a"})
    void everyVersionHasAColour(String version) {
        assertThat(Layout.accent(version)).startsWith("#");
    }

    @Test
    void whatTheEnvironmentSaysIsEscaped() {
        Layout layout = new Layout(new Identity("<r>", "<s>", "<x>", "<v>"), "<greeting>");

        assertThat(layout.page("title", "main"))
                .contains("&lt;r&gt;/&lt;s&gt;/&lt;x&gt;", "&lt;v&gt;", "&lt;greeting&gt;")
                .doesNotContain("{title}", "{main}", "{accent}", "<greeting>");
    }
}
