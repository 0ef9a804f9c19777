package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Answer;
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
        // Seeds 609, 1324 and 10218: the release before was warm too, and both got requests.
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
    void aReleaseThatFailsItsUsersCanBeReplacedByACanary() {
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

    @Test
    void aScalingThatGoesBackLeavesTheServerThatWasThere() {
        // Seed 14405: the edge's checks flapped, and what had served alone counted as a server that could not be
        // healed.
        Shape shape = new Shape(
                List.of(1),
                true,
                Optional.of(new Canary(
                        List.of(50, 100),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(12),
                        0.01,
                        Optional.empty(),
                        1_000,
                        Canary.WhenTooFew.PROMOTE)),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                true,
                false);
        requireWell(
                14405,
                shape,
                List.of(
                        FIRST,
                        new Step(new Command.Deploy(2, List.of(), true), Optional.of(Duration.ofSeconds(20))),
                        Step.then(new Command.Scale(Map.of(0, 3)))),
                new Fault.Flap(1, 0, Duration.ofMillis(35_287), Duration.ofSeconds(28)));
    }

    @Test
    void anAbandonedCanaryIsDrainedWhenTheNextOneGoesBack() {
        // Seed 1043766: it was left at weight 0 only, and users with an affinity stayed there.
        Duration soak = Duration.ofSeconds(6);
        Canary canary = new Canary(
                List.of(10, 50, 100),
                soak,
                soak.multipliedBy(2),
                0.01,
                Optional.of(Duration.ofMillis(800)),
                20,
                Canary.WhenTooFew.ROLL_BACK);
        Shape shape = new Shape(
                List.of(1, 1),
                true,
                Optional.of(canary),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                false,
                false);
        requireWell(
                1_043_766,
                shape,
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Deploy(2, List.of(), false)),
                        Step.then(new Command.Status()),
                        new Step(new Command.Deploy(5, List.of(1), true), Optional.of(Duration.ofSeconds(47))),
                        new Step(new Command.Say(Answer.Verdict.ABORT), Optional.of(Duration.ofSeconds(25)))),
                new Fault.EdgeDown(1, Duration.ofMillis(19_334), Duration.ofSeconds(39)),
                new Fault.LateDeath(1, 13, Duration.ofMillis(24_383)));
    }

    @Test
    void aRegionThatHadTheReleaseAlreadyIsNotTakenFromIt() {
        // Seeds 2793, 6143, 11879, 16809 and 18120: undoing the deploy of all regions undid that of one before it, too.
        requireWell(2793, shape(1, 1, 1), List.of(FIRST, deploy(2, 2), deploy(2)), new Fault.Kill(2, 78));
    }

    @Test
    void anAbandonedRollbackIsRememberedAsItWas() {
        // Seeds 12183 and 15556: what served before the next deploy was told from the journal, which did not know.
        requireWell(
                12183,
                shape(1),
                List.of(FIRST, deploy(2), Step.then(new Command.RollBack(Optional.empty())), deploy(4)),
                new Fault.Kill(2, 9),
                new Fault.BadVersion(3, 4, Fault.BadVersion.Kind.SICKENS, 8));
    }

    @Test
    void aCanaryThatSickenedDuringAHangGetsNoMoreRequests() {
        // Seed 21515: the metrics did not answer for long, and nobody looked again before the next share.
        requireWell(
                21515,
                canary(List.of(1), 20),
                List.of(FIRST, Step.then(new Command.Status()), deploy(5)),
                new Fault.Calls(1, Effect.METRICS, 2, 41, Trouble.How.HAPPENS_AND_HANGS, Duration.ofSeconds(48)),
                new Fault.BadVersion(1, 5, Fault.BadVersion.Kind.SICKENS, 17));
    }

    @Test
    void eachShareOfThePrimaryPassesItsGate() {
        // Seed 35668: a server of another region died while the primary soaked.
        requireWell(
                35668,
                canary(List.of(10, 50, 100), List.of(1, 3), 1_000, Canary.WhenTooFew.PROMOTE),
                List.of(deploy(2), deploy(4)),
                new Fault.Death(0, 7, Duration.ofSeconds(48)));
    }

    @Test
    void aRepairThatFailsLeavesHealthyServersAlone() {
        // Seed 50963: an edge that was slow to see made all of them look in need of repair, and all were removed.
        requireWell(
                50963,
                new Shape(
                        List.of(3),
                        true,
                        Optional.empty(),
                        OnFailure.ROLLBACK_ALL,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(15),
                        false,
                        false),
                List.of(FIRST, deploy(4), deploy(4)),
                new Fault.Calls(2, Effect.PULL, 2, 1, Trouble.How.HAPPENS_AND_HANGS, Duration.ofSeconds(4)),
                new Fault.SlowEdge(2, Duration.ofSeconds(8)));
    }

    @Test
    void anEdgeThatSeesNothingHealthyForLongIsBelieved() {
        // Seed 51161: two series of failing checks covered each other; no bug of the engine, but of what was asked of
        // it.
        requireWell(
                51161,
                canary(List.of(10, 50, 100), List.of(1, 2), 20, Canary.WhenTooFew.ROLL_BACK),
                List.of(FIRST, new Step(deploy(2).command(), Optional.of(Duration.ofSeconds(36)))),
                new Fault.Flap(1, 0, Duration.ofMillis(48_547), Duration.ofSeconds(27)),
                new Fault.Flap(1, 0, Duration.ofMillis(47_551), Duration.ofSeconds(21)),
                new Fault.LateDeath(1, 9, Duration.ofMillis(16_331)));
    }

    @Test
    void aReleaseThatMendsThePrimaryIsNotHeldUpByIt() {
        // Seed 7009373: a third of the primary's servers were healthy before the rollout began, and stayed so for good.
        Shape shape = new Shape(
                List.of(1, 1),
                true,
                Optional.empty(),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofMinutes(1),
                false,
                false);
        requireWell(
                7_009_373,
                shape,
                List.of(
                        deploy(3),
                        new Step(new Command.Scale(Map.of(0, 3, 2, 3, 3, 5)), Optional.of(Duration.ofSeconds(47)))),
                new Fault.BadVersion(1, 3, Fault.BadVersion.Kind.SICKENS, 13));
    }

    @Test
    void aServerThatDiedWhileTheDeployerStoodStillGetsNoRequests() {
        // Seed 1058017: it woke up between the decision to move a region and the act, with the lock still its own.
        for (int instant = 1; instant <= 120; instant++) {
            requireWell(
                    1_058_017,
                    shape(1, 1),
                    List.of(FIRST, deploy(2)),
                    new Fault.Hang(1, instant, Duration.ofSeconds(20)),
                    new Fault.Death(1, 0, Duration.ofSeconds(18)));
        }
    }

    @Test
    void whatAnAbandonedCanaryLeftInTrafficGoesWhenTheNextReleaseServes() {
        // Seed 584: a canary was aborted where the former server had died, so that its own stayed in traffic; the
        // deploy after
        // it took them for servers to keep.
        requireWell(
                584,
                new Shape(
                        List.of(1, 2, 1),
                        false,
                        Optional.of(new Canary(
                                List.of(10, 100),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(12),
                                0.01,
                                Optional.of(Duration.ofMillis(800)),
                                20,
                                Canary.WhenTooFew.PROMOTE)),
                        OnFailure.ROLLBACK_REGION,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(1),
                        true,
                        true),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Status()),
                        Step.then(new Command.Deploy(3, List.of(), false)),
                        new Step(new Command.Say(Answer.Verdict.ABORT), Optional.of(Duration.ofSeconds(32))),
                        Step.then(new Command.Deploy(4, List.of(), true))),
                new Fault.SlowLooks(0, Duration.ofMillis(23)),
                new Fault.LateDeath(1, 6, Duration.ofMillis(25_113)));
    }

    @Test
    void aServerThatOneLookShowsSickIsNotTakenFromItsUsers() {
        // Seed 7018257: checks of the primary flapped, and the scaling of another region that went back drained it.
        requireWell(
                7_018_257,
                new Shape(
                        List.of(1, 1, 1),
                        true,
                        Optional.empty(),
                        OnFailure.ROLLBACK_ALL,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        false,
                        false),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        deploy(1),
                        new Step(deploy(2).command(), Optional.of(Duration.ofSeconds(14))),
                        Step.then(new Command.Scale(Map.of(1, 1, 2, 2))),
                        new Step(new Command.Say(Answer.Verdict.ABORT), Optional.of(Duration.ofSeconds(14)))),
                new Fault.Flap(1, 0, Duration.ofMillis(19_401), Duration.ofSeconds(40)));
    }

    @Test
    void whatACutOffCanaryGaveIsJudgedThoughItIsNoneOfItsShares() {
        // Seeds 9109732, 9139600, 9039296 and 9197966: weights are whole numbers, so that three servers of 10 % have
        // 11, and
        // the run that went on took the share for one that had been passed; or it gave one more server its share first.
        Shape shape = canary(List.of(10, 100), List.of(1), 20, Canary.WhenTooFew.ROLL_BACK);
        for (int instant = 100; instant <= 150; instant++) {
            requireWell(
                    9_109_732,
                    shape,
                    List.of(deploy(1), Step.then(new Command.Edit(Map.of(0, 3))), deploy(4), deploy(4)),
                    new Fault.Kill(2, instant));
        }
    }

    @Test
    void aServerThatJoinsACutOffCanaryGetsNoUserBeforeTheOthersAreJudged() {
        // Seed 9197966.
        for (int instant = 60; instant <= 100; instant++) {
            requireWell(
                    9_197_966,
                    canary(List.of(10, 50, 100), List.of(1), 20, Canary.WhenTooFew.PROMOTE),
                    List.of(
                            deploy(1),
                            deploy(2),
                            Step.then(new Command.Edit(Map.of(0, 2))),
                            Step.then(new Command.Deploy(2, List.of(), false))),
                    new Fault.Kill(1, instant));
        }
    }

    @Test
    void aServerThatAScalingMadeInPlaceOfADeadOneGoesWhenTheScalingIsUndone() {
        // Seed 9177856: the run that went back had no lock left to remove it, and the next one found it in the pool, by
        // the
        // name of the one that had died, and took it for what had been there.
        requireWell(
                9_177_856,
                new Shape(
                        List.of(1, 3, 2, 2),
                        true,
                        Optional.empty(),
                        OnFailure.ROLLBACK_ALL,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(1),
                        false,
                        false),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        new Step(new Command.Edit(Map.of(0, 4, 1, 1)), Optional.of(Duration.ofSeconds(7))),
                        deploy(1),
                        Step.then(new Command.Status()),
                        Step.then(new Command.Edit(Map.of(0, 3, 3, 3))),
                        deploy(1)),
                new Fault.Death(1, 1, Duration.ofSeconds(22)),
                new Fault.Busy(1, 28),
                new Fault.StoreDown(4, Duration.ofMillis(1_594), Duration.ofSeconds(32)));
    }

    @Test
    void whoComesBackLateFromItsLastCallAnswersForNothingThatIsAnothersByThen() {
        // Seeds 9076319 and 9179872; no bug of the engine: it had given back the lock, and then stood still.
        for (int instant = 70; instant <= 100; instant++) {
            requireWell(
                    9_076_319,
                    shape(1),
                    List.of(deploy(1), new Step(deploy(2).command(), Optional.of(Duration.ofSeconds(20)))),
                    new Fault.Hang(0, instant, Duration.ofSeconds(8)));
        }
    }

    @Test
    void nobodyKnowsOfABrokenLockWhileTheStoreIsSilent() {
        // Seed 9136674; no bug of the engine: nobody can take the lock either, before the store answers again.
        requireWell(
                9_136_674,
                new Shape(
                        List.of(1),
                        true,
                        canary(List.of(10, 50, 100), List.of(1), 20, Canary.WhenTooFew.PROMOTE)
                                .canary(),
                        OnFailure.ROLLBACK_ALL,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(15),
                        false,
                        false),
                List.of(deploy(1), deploy(2), new Step(new Command.BreakLock(), Optional.of(Duration.ofSeconds(14)))),
                new Fault.StoreDown(0, Duration.ofMillis(36_483), Duration.ofSeconds(50)));
    }

    @Test
    void whatAnAbandonedRollbackLeftInTrafficGoesWhenTheNextReleaseGoesBack() {
        // Seed 4117: a rollback to a canary's release was cut off while workers were told to end, before traffic moved.
        for (int instant = 20; instant <= 40; instant++) {
            requireWell(
                    4_117,
                    canary(List.of(10, 50, 100), List.of(2, 1, 2), 20, Canary.WhenTooFew.PROMOTE)
                            .working(),
                    List.of(
                            Step.then(new Command.Deploy(1, List.of(), false)),
                            Step.then(new Command.Deploy(2, List.of(2), false)),
                            Step.then(new Command.RollBack(Optional.of(2))),
                            Step.then(new Command.Deploy(5, List.of(), true))),
                    new Fault.Kill(1, 124),
                    new Fault.BadVersion(1, 5, Fault.BadVersion.Kind.SICKENS, 9),
                    new Fault.Kill(2, instant));
        }
    }

    @Test
    void whatWasMadeAgainAndIsAllThatARegionHasIsNotTakenAwaySinceTheOthersAreSick() {
        // Seed 8784: a rollback to a release that sickens everywhere made a dead server again, which was well at first.
        Shape asks = new Shape(
                List.of(1, 1, 4),
                true,
                Optional.of(new Canary(
                        List.of(10, 100),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(12),
                        0.01,
                        Optional.of(Duration.ofMillis(800)),
                        1_000,
                        Canary.WhenTooFew.PROMOTE)),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                false,
                false);
        requireWell(
                8_784,
                asks.working(),
                List.of(
                        new Step(new Command.Deploy(1, List.of(), false), Optional.of(Duration.ofSeconds(6))),
                        Step.then(new Command.RollBack(Optional.empty())),
                        Step.then(new Command.Deploy(4, List.of(), false)),
                        Step.then(new Command.RollBack(Optional.of(2)))),
                new Fault.BadVersion(0, 4, Fault.BadVersion.Kind.SICKENS, 92),
                new Fault.EdgeDown(1, Duration.ofMillis(59_714), Duration.ofSeconds(5)),
                new Fault.LateDeath(3, 10, Duration.ofMillis(58_988)));
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
        return canary(List.of(50, 100), servers, minRequests, Canary.WhenTooFew.PROMOTE);
    }

    private static Shape canary(
            List<Integer> weights, List<Integer> servers, int minRequests, Canary.WhenTooFew whenTooFew) {
        Duration soak = Duration.ofSeconds(6);
        Canary canary =
                new Canary(weights, soak, soak.multipliedBy(2), 0.01, Optional.empty(), minRequests, whenTooFew);
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
