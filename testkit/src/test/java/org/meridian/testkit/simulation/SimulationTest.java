package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine that tries to break Meridian: seeded runs with faults, crashes and two deployers at once. */
class SimulationTest {
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
