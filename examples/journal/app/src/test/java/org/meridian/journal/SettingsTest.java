package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    @Test
    void withoutVariablesItRunsOnALaptop() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.identity()).hasToString("local/local/local");
        assertThat(settings.port()).isEqualTo(3000);
        assertThat(settings.database().hasReplica()).isFalse();
    }

    @Test
    void theReplicaIsThePrimaryUnlessTheRegionHasOne() {
        assertThat(TestSettings.with("DATABASE_HOST", "eu").database().replicaHost())
                .isEqualTo("eu");
        assertThat(TestSettings.with("DATABASE_HOST", "eu", "DATABASE_REPLICA_HOST", "us")
                        .database()
                        .hasReplica())
                .isTrue();
    }

    @Test
    void anEmptyVariableCountsAsAbsent() {
        assertThat(TestSettings.with("GREETING", "").greeting()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "3 000"})
    void aPortMustBeAPort(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.with("PORT", port))
                .withMessageStartingWith("PORT is '" + port + "', but must be a port number");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(TestSettings.with("DATABASE_PASSWORD", "hush").toString()).doesNotContain("hush");
    }
}
