package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds with which the simulation found bugs about the proxies on machines. */
class FoundWithProxiesTest {
    @ParameterizedTest
    @ValueSource(longs = {122, 251, 316})
    void aProxyThatRestartedWithAnOlderStateIsToldAgainBeforeTheRolloutEnds(long seed) {
        requireClean(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {277, 359, 566})
    void anUndoTellsAProxyAgainThatCameBackWithWhatItDidBefore(long seed) {
        requireClean(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_247, 2_864})
    void anAbortedScalingTellsAProxyAgainThatCameBackWithWhatItDidBefore(long seed) {
        requireClean(seed);
    }

    @Test
    void anUndoInWhichAnotherRegionTookLongTellsAProxyAgainThatRestartedMeanwhile() {
        requireClean(3_848);
    }

    @Test
    void aScalingTellsAProxyAgainAlsoWhereNothingIsToDo() {
        requireClean(2_624);
    }

    @Test
    void workersOnAMachineThatIsOutOfReachAreNotTakenForGone() {
        requireClean(3_820);
    }

    @Test
    void noInvariantIsViolatedInThreeThousandRunsOfWhichAThirdHaveProxies() throws Exception {
        LongRun runs = new LongRun(1, 3_000);

        assertThat(runs.run(2, done -> {})).isEmpty();
        for (String what : new String[] {
            "proxies restarted", "proxies restarted with an older state", "changes half-applied on a machine"
        }) {
            assertThat(runs.tally().of(what)).as(what).isGreaterThan(20);
        }
    }

    private static void requireClean(long seed) {
        Script script = Scripts.from(seed);
        assertThat(script.shape().proxied()).isTrue();
        Simulation.Result result = Simulation.run(script);
        assertThat(result.violation())
                .as(() -> String.join("\n", result.history().lines()))
                .isEmpty();
    }
}
