package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Canary;
import org.meridian.core.model.OnFailure;

/** The shortest histories of what the simulation found about canaries, with the seeds that found them. */
class FoundWithCanariesTest {
    @Test
    void aCanaryThatGoesOnWithFewerServersMayLeaveUsersWithWhatTheyHave() {
        // Seed 30001532: a paused canary had three servers at 50 %, the next deploy wanted two; the third one's users
        // went to the
        // former release.
        Canary canary = new Canary(
                List.of(50, 100),
                Duration.ofSeconds(6),
                Duration.ofSeconds(12),
                0.01,
                Optional.of(Duration.ofMillis(800)),
                1_000,
                Canary.WhenTooFew.PROMOTE);
        Shape shape = new Shape(
                List.of(3, 1),
                true,
                Optional.of(canary),
                OnFailure.PAUSE,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                false,
                false);
        Command second = new Command.Deploy(3, List.of(), true);
        Script script = new Script(
                30_001_532,
                shape,
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(second),
                        new Step(new Command.Edit(Map.of(0, 2)), Optional.of(Duration.ofSeconds(25))),
                        Step.then(second)),
                List.of(new Fault.StoreDown(2, Duration.ofMillis(22_803), Duration.ofSeconds(31))));

        Simulation.Result result = Simulation.run(script);

        assertThat(result.violation())
                .as(() -> String.join("\n", result.history().lines()))
                .isEmpty();
    }
}
