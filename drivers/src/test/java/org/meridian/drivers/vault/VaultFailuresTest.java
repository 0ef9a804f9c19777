package org.meridian.drivers.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class VaultFailuresTest {
    @Test
    void an_error_that_is_no_text_is_shown_as_it_is() {
        assertThat(VaultFailures.words(
                        new JsonMapper().readTree("{\"errors\": [\"permission denied\", {\"code\": 7}, 3]}")))
                .isEqualTo("permission denied\n{\"code\":7}\n3");
    }
}
