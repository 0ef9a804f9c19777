package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Canary;
import org.meridian.core.model.OnFailure;

/** The shortest histories of bugs that the simulation found, with the seeds that found them. */
class FoundTest {
    private static final Step FIRST = deploy(1);

    @Test
    void anActThatIsInterruptedHasAnEndInTheJournal() {
        // Seed 37: one server's failure interrupts what is done on the others.
        requireWell(
                37,
                shape(2, 1),
                List.of(FIRST),
                new Fault.Calls(0, Effect.PLACE, 0, 1, Trouble.How.FAILS, Duration.ZERO));
    }

    @Test
    void aRegionsFormerFleetIsRetiredAlsoWhenItHadAnotherRelease() {
        // Seed 44: one region was a release ahead.
        requireWell(44, shape(1, 1, 1), List.of(FIRST, deploy(2, 2)));
    }

    @Test
    void aReleaseThatSickensEverywhereCanBeReplaced() {
        // Seeds 10277 and 10517: the gate asked for a healthy fallback, which only the new release could bring.
        requireWell(
                10277,
                shape(1, 1),
                List.of(FIRST, deploy(2), Step.then(new Command.Rest(Duration.ofMinutes(2)))),
                new Fault.BadVersion(1, 2, Fault.BadVersion.Kind.SICKENS, 60));
    }

    @Test
    void aRegionGoesBackToWhatServedThereAndToNothingElse() {
        // Seeds 609, 1324 and 10218: the release before was warm too, and both got readers.
        Shape asks = new Shape(
                List.of(1, 1),
                true,
                Optional.empty(),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(4),
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                false,
                true);
        requireWell(609, asks, List.of(FIRST, deploy(2, 1), deploy(3)));
    }

    @Test
    void aRepairForgetsNoKeptFleet() {
        // Seed 594: deploying what serves already made the record of what is kept its own.
        requireWell(
                594,
                shape(1, 1),
                List.of(FIRST, deploy(2), Step.then(new Command.Rest(Duration.ofMinutes(1))), deploy(2)),
                new Fault.LateDeath(2, 3, Duration.ofSeconds(5)));
    }

    @Test
    void aReleaseThatFailsItsReadersCanBeReplacedByACanary() {
        // Seed 16: the failures of the old release were blamed on the new one.
        requireWell(
                16,
                canary(List.of(1), 20),
                List.of(deploy(2)),
                new Fault.BadVersion(0, 2, Fault.BadVersion.Kind.ERRORS, 80));
    }

    @Test
    void aResumedRolloutAccountsForWhatRegionsHadBefore() {
        // Seeds 2540, 4947 and 11495.
        Shape pauses = new Shape(
                List.of(1, 1, 1),
                true,
                Optional.empty(),
                OnFailure.PAUSE,
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                false,
                true);
        requireWell(2540, pauses, List.of(FIRST, deploy(2, 2), deploy(3)));
    }

    @Test
    void aSecretInTheOutputOfACommandIsNotTold() {
        // Seed 4856.
        Shape migrates = Shape.threeRegions(1).withServers(List.of(1));
        requireWell(
                4856,
                migrates,
                List.of(deploy(2)),
                new Fault.BadCommand(0),
                new Fault.BadVersion(0, 2, Fault.BadVersion.Kind.ERRORS, 64));
    }

    @Test
    void aHealthyRegionDoesNotGoBackToASickFleet() {
        // Seed 4989.
        Step later = new Step(deploy(2).command(), Optional.of(Duration.ofSeconds(40)));
        requireWell(
                4989,
                canary(List.of(1, 1), 1_000),
                List.of(later, deploy(3), deploy(4)),
                new Fault.BadVersion(0, 3, Fault.BadVersion.Kind.SICKENS, 82),
                new Fault.StoreDown(2, Duration.ofMillis(21_970), Duration.ofSeconds(23)));
    }

    private static void requireWell(long seed, Shape shape, List<Step> steps, Fault... faults) {
        Simulation.Result result = Simulation.run(new Script(seed, shape, steps, List.of(faults)));
        assertThat(result.violation())
                .as(() -> String.join("\n", result.history().lines()))
                .isEmpty();
    }

    private static Step deploy(int version, Integer... regions) {
        return Step.then(new Command.Deploy(version, List.of(regions), true));
    }

    private static Shape shape(Integer... servers) {
        return Shape.threeRegions(1).withServers(List.of(servers));
    }

    private static Shape canary(List<Integer> servers, int minRequests) {
        Duration soak = Duration.ofSeconds(6);
        Canary canary = new Canary(
                List.of(50, 100),
                soak,
                soak.multipliedBy(2),
                0.01,
                Optional.empty(),
                minRequests,
                Canary.WhenTooFew.PROMOTE);
        return new Shape(
                servers,
                false,
                Optional.of(canary),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofMinutes(1),
                false,
                false);
    }
}
