package org.meridian.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
    @Test
    void isAPortOfThisMachine() {
        assertThat(Target.parse("http://127.0.0.1:8080/")).isEqualTo(new Target(8080));
        assertThat(Target.parse("http://127.0.0.1")).isEqualTo(new Target(80));
        assertThat(new Target(8080).address().getAddress().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://127.0.0.1",
                "http://127.0.0.1@example.com",
                "http://127.0.0.1:8080/path",
                "127.0.0.1:8080",
                "",
                "http://[::1",
                "http://127.0.0.1:99999"
            })
    void isNothingElse(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(url));
    }
}
