package org.meridian.cli.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.core.model.Receipt;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.Journals;
import org.meridian.testkit.simulation.Assumptions.Assumed;
import org.meridian.testkit.simulation.Assumptions.Source;
import org.meridian.testkit.simulation.Assumptions.Taking;
import org.meridian.testkit.simulation.SimulatedWorld;

final class PastTimesTest {
    /** The engine's own journal, of a world in which it is known how long things take. */
    @Test
    void times_are_those_of_the_deploys_that_the_journal_tells_of() throws Exception {
        Map<Taking, Assumed> learnt = learnt(new FakeMeridian().remembers(deployed()));

        assertThat(median(learnt, Taking.BOOT)).isCloseTo(SimulatedWorld.BOOT, Duration.ofSeconds(1));
        assertThat(median(learnt, Taking.HEALTHY)).isCloseTo(Duration.ofSeconds(2), Duration.ofSeconds(1));
        for (Taking call : Set.of(Taking.PLACE, Taking.PULL, Taking.START, Taking.COMMAND)) {
            assertThat(median(learnt, call)).isBetween(Duration.ofMillis(10), Duration.ofMillis(100));
        }
        assertThat(of(learnt, Taking.PULL).source()).isEqualTo(Source.MEASURED);
        assertThat(of(learnt, Taking.PULL).measured()).isEqualTo(6);
        assertThat(of(learnt, Taking.HEALTHY).measured()).as("once a region").isEqualTo(3);
    }

    @Test
    void a_rollout_that_did_not_end_well_tells_nothing() throws Exception {
        assertThat(learnt(new FakeMeridian().remembers(Samples.journal()))).isEmpty();
    }

    private static JournalReport deployed() throws InterruptedException {
        var world = new SimulatedWorld(Samples.APP, 1);
        var everywhere = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false);
        for (int version = 1; version <= 2; version++) {
            world.publish(version);
            Receipt receipt = new Deploy(world.workspace()).run(everywhere, plan -> true);
            assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.DEPLOYED);
        }
        return new Journals(world.workspace()).read(Optional.empty());
    }

    private static Map<Taking, Assumed> learnt(FakeMeridian meridian) throws InterruptedException {
        return PastTimes.of(meridian, remark -> {
            throw new AssertionError(remark);
        });
    }

    private static Duration median(Map<Taking, Assumed> learnt, Taking taking) {
        return of(learnt, taking).spread().median();
    }

    private static Assumed of(Map<Taking, Assumed> learnt, Taking taking) {
        return requireNonNull(learnt.get(taking), () -> "nothing was learnt of " + taking);
    }
}
