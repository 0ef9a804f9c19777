package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.model.Canary;
import org.meridian.core.model.Canary.WhenTooFew;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.RolloutSettings;

class CanaryTest {
    private static final String HEAD = """
            app: journal
            image: registry.example.com/journal
            regions: { fra1: { provider: local } }
            serve: { service: web, port: 3000 }
            """;

    private final Folder folder;

    CanaryTest(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    private RolloutSettings rollout(String written) {
        return folder.write("meridian.yml", HEAD + written).app().rollout();
    }

    @Test
    void withoutACanaryAllUsersMoveAtOnceAndNobodyIsAsked() {
        RolloutSettings rollout = rollout("");

        assertThat(rollout.canary()).isEmpty();
        assertThat(rollout.onFailure()).isEqualTo(OnFailure.ROLLBACK_ALL);
        assertThat(rollout.approveWithin()).isEmpty();
        assertThat(folder.app().metrics()).isEqualTo(new MetricSettings.Edge());
        assertThat(folder.app().hooks()).isEmpty();
        assertThat(folder.app().notices()).isEmpty();
    }

    @Test
    void aCanaryOnOneServerWithNothingWrittenHasItsDefaults() {
        assertThat(rollout("rollout: { canary: {} }").canary())
                .contains(new Canary(
                        List.of(10, 50, 100),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        0.01,
                        Optional.empty(),
                        50,
                        WhenTooFew.PROMOTE));
    }

    @Test
    void aSoakLastsAtMostTenTimesAsLongUnlessItIsWritten() {
        assertThat(rollout("rollout: { canary: { soak: 7s } }")
                        .canary()
                        .orElseThrow()
                        .soakAtMost())
                .isEqualTo(Duration.ofSeconds(70));
        assertThat(rollout("rollout: { canary: { soak: 7s, soak_at_most: 7s } }")
                        .canary()
                        .orElseThrow()
                        .soakAtMost())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({"0%, 0", "1%, 0.01", "1.5%, 0.015", "0.25%, 0.0025", "99.99%, 0.9999", "100%, 1", "100.00%, 1"})
    void anErrorRateIsAShareInPercent(String written, double share) {
        assertThat(rollout("rollout: { canary: { max_error_rate: " + written + " } }")
                        .canary()
                        .orElseThrow()
                        .maxErrorRate())
                .isEqualTo(share);
    }

    @Test
    void theLastWeightMayBeWrittenOrLeftOut() {
        assertThat(rollout("rollout: { canary: { weights: [1] } }")
                        .canary()
                        .orElseThrow()
                        .weights())
                .containsExactly(1, 100);
        assertThat(rollout("rollout: { canary: { weights: [1, 99, 100] } }")
                        .canary()
                        .orElseThrow()
                        .weights())
                .containsExactly(1, 99, 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "never | -",
                "manual | 1h",
                "{ by: manual } | 1h",
                "{ by: manual, within: 5s } | 5s",
                "{ by: never, within: 5s } | -"
            })
    void approvalIsAWordOrAWordWithATimeLimit(String written, String within) {
        assertThat(rollout("rollout: { approve: " + written + " }").approveWithin())
                .isEqualTo(Optional.ofNullable(within).map(time -> Duration.parse("PT" + time)));
    }

    @Test
    void howManyServersStartAtOnceIsANumberOrLeftToTheProvider() {
        assertThat(rollout("rollout: { parallel: 3 }").parallel()).contains(3);
        assertThat(rollout("rollout: { watch: 5s }").parallel()).isEmpty();

        folder.write("meridian.yml", HEAD + "rollout: { parallel: 0 }\n");

        assertThatThrownBy(folder::load).hasMessageContaining("rollout.parallel: 0 is outside 1 to 1000");
    }

    @Test
    void queriesWithoutACanaryAreRemarkedOn() {
        folder.write(
                "meridian.yml",
                HEAD + "metrics: { prometheus: { url: \"http://h\", requests: $server, errors:"
                        + " $server, latency: $server } }");

        assertThat(folder.load().warnings()).singleElement().satisfies(warning -> assertThat(folder.line(warning))
                .isEqualTo("meridian.yml:5:10: metrics: nothing is counted without a canary | Write 'canary' under"
                        + " 'rollout', or leave this out."));
    }

    @Test
    void prometheusAsAWordAsksForTheRest() {
        folder.write("meridian.yml", HEAD + "metrics: prometheus");

        assertThat(folder.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("meridian.yml:5:10: metrics: prometheus needs an address and queries"));
    }
}
