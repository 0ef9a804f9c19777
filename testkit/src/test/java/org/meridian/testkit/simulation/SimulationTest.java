package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine that tries to break Meridian: seeded runs with faults, crashes and two deployers at once. */
class SimulationTest {
    private static final long FIRST_SEED = 1;
    private static final long RUNS = 20_000;

    @Test
    void noInvariantIsViolatedInTwentyThousandRuns() throws Exception {
        LongRun runs = new LongRun(FIRST_SEED, RUNS, Scripts::atEdge);

        List<LongRun.Failure> failures = runs.run(2, done -> {});

        assertThat(failures).isEmpty();
        assertThat(runs.tally().of("runs")).isEqualTo(RUNS);
        requireExercised(runs.tally());
    }

    /** A simulation in which nothing goes wrong proves nothing. */
    private static void requireExercised(Tally tally) {
        for (String what : new String[] {
            "kills",
            "hangs",
            "reverts",
            "store failures",
            "writes refused",
            "interruptions settled",
            "repairs",
            "canary judged BAD",
            "canary judged GOOD",
            "command Deploy deployed",
            "command Deploy rolled-back",
            "command Deploy paused",
            "command Deploy locked",
            "command RollBack rolled-back",
            "command Scale scaled",
            "command Scale rolled-back",
            "command Scale killed",
            "command Deploy scaled"
        }) {
            assertThat(tally.of(what)).as(what).isGreaterThan(20);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 1_000_003, -7, 88})
    void theSameSeedGivesTheSameRun(long seed) {
        assertThat(Simulation.run(seed).history().lines())
                .isEqualTo(Simulation.run(seed).history().lines());
    }

    @Test
    void differentSeedsGiveDifferentRuns() {
        assertThat(Simulation.run(5).history().lines())
                .isNotEqualTo(Simulation.run(6).history().lines());
    }
}
