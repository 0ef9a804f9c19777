package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds with which the simulation found bugs about the proxies on machines. */
class FoundWithProxiesTest {
    @ParameterizedTest
    @ValueSource(longs = {122, 251, 277, 359, 566})
    void aProxyThatRestartedWithAnOlderStateIsToldAgainBeforeTheRolloutEnds(long seed) {
        requireClean(seed);
    }

    /** A release shrank by a machine whose own server was dead elsewhere. */
    @Test
    void aMachineThatStopsServingIsToldAfterThoseThatBegin() {
        requireClean(1_645);
    }

    @Test
    void anAbortedScalingTellsAProxyAgainThatCameBackWithWhatItDidBefore() {
        requireClean(1_247);
    }

    @Test
    void anUndoInWhichAnotherRegionTookLongTellsAProxyAgainThatRestartedMeanwhile() {
        requireClean(2_618);
    }

    @ParameterizedTest
    @ValueSource(longs = {2_624, 2_864})
    void aScalingTellsAProxyAgainAlsoWhereNothingIsToDo(long seed) {
        requireClean(seed);
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
