package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Canary;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Serve;
import org.meridian.testkit.simulation.Assumptions.Assumed;
import org.meridian.testkit.simulation.Assumptions.Taking;

final class RehearsalsTest {
    private static final Assumptions HALF_BUSY = new Assumptions(Map.of(), 0.5);
    private static final int RUNS = 8;

    @Test
    void theSameSeedGivesTheSameForecastOnAnyNumberOfThreads() throws Exception {
        Forecast one = new Rehearsals(servers(1, 1), HALF_BUSY, 3, 7).run(1, done -> {});

        assertThat(new Rehearsals(servers(1, 1), HALF_BUSY, 3, 7).run(3, done -> {}))
                .isEqualTo(one);
        assertThat(new Rehearsals(servers(1, 1), HALF_BUSY, 3, 8)
                        .run(3, done -> {})
                        .deploy())
                .isNotEqualTo(one.deploy());
    }

    @Test
    void aCalmDeployCostsUsersNothingAndTakesAsLongAsItsParts() throws Exception {
        Forecast forecast = forecast(servers(2, 2, 2), HALF_BUSY);

        Outlook calm = outlook(forecast, Situation.CALM);
        assertThat(calm.endings()).isEqualTo(Map.of(Ending.DEPLOYED, RUNS));
        assertThat(calm.lost().percentile(100)).isZero();
        assertThat(forecast.stages().keySet())
                .containsExactly("prepare", "before_shift", "shift us, ap", "shift eu", "drain");
        Duration parts = forecast.stages().values().stream()
                .map(part -> part.percentile(50))
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(forecast.deploy().percentile(50)).isCloseTo(parts, Duration.ofSeconds(8));
        assertThat(forecast.rollback().percentile(100)).isLessThan(Duration.ofSeconds(5));
        assertThat(forecast.broken()).isEmpty();
    }

    @Test
    void whatTakesLongerIsSeenInTheForecast() throws Exception {
        var slow = new Assumptions(Map.of(Taking.BOOT, Assumed.given(Duration.ofMinutes(4))), 0.5);

        assertThat(forecast(servers(1, 1), slow).deploy().percentile(50))
                .isGreaterThan(forecast(servers(1, 1), HALF_BUSY)
                        .deploy()
                        .percentile(50)
                        .plusMinutes(2));
    }

    @Test
    void whatFailsBeforeTrafficMovesCostsUsersNothing() throws Exception {
        Forecast forecast = forecast(servers(2, 2), HALF_BUSY);

        for (Situation situation : List.of(Situation.SERVER_NEVER_BOOTS, Situation.RELEASE_SICK)) {
            Outlook outlook = outlook(forecast, situation);
            assertThat(outlook.endings()).isEqualTo(Map.of(Ending.ROLLED_BACK, RUNS));
            assertThat(outlook.lost().percentile(100)).isZero();
            assertThat(outlook.why()).isPresent();
        }
    }

    @Test
    void anEdgeThatIsDownCostsItsWholeOutageAndNothingAfterwards() throws Exception {
        Outlook outlook = outlook(forecast(servers(2, 2), HALF_BUSY), Situation.EDGE_DOWN);

        assertThat(outlook.lost().percentile(50)).isCloseTo(Situation.OUTAGE, Duration.ofSeconds(2));
        assertThat(outlook.lasting()).isZero();
    }

    @Test
    void aKilledDeployerIsFinishedByTheNextAndCostsUsersNothing() throws Exception {
        Outlook outlook = outlook(forecast(servers(2, 2), HALF_BUSY), Situation.DEPLOYER_KILLED);

        assertThat(outlook.endings()).isEqualTo(Map.of(Ending.DEPLOYED, RUNS));
        assertThat(outlook.lost().percentile(100)).isZero();
    }

    @Test
    void errorsThatNobodyNoticesGoOnAndACanaryNoticesThem() throws Exception {
        Outlook blind = outlook(forecast(servers(1, 1), HALF_BUSY), Situation.RELEASE_ERRORS);
        assertThat(blind.lasting()).isPositive();
        assertThat(blind.lastingShare()).isBetween(0.049, 0.051);

        Outlook canary = outlook(forecast(withCanary(), HALF_BUSY), Situation.RELEASE_ERRORS);
        assertThat(canary.endings()).isEqualTo(Map.of(Ending.ROLLED_BACK, RUNS));
        assertThat(canary.lasting()).isZero();
    }

    @Test
    void aPrimaryThatIsTooSmallForAnotherRegionsUsersIsTold() throws Exception {
        Forecast small = forecast(servers(1, 3), HALF_BUSY);
        assertThat(small.losses())
                .containsExactly(
                        new RegionLoss(EU, Optional.of(US), 2 / 3.0, 0), new RegionLoss(US, Optional.of(EU), 2.0, 1));
        assertThat(small.losses().getLast().borne()).isFalse();

        Forecast big = forecast(servers(3, 3), HALF_BUSY);
        assertThat(big.losses()).allMatch(RegionLoss::borne);

        Duration overload = outlook(small, Situation.REGION_CUT_OFF).lost().percentile(100);
        Duration noticing = outlook(big, Situation.REGION_CUT_OFF).lost().percentile(100);
        assertThat(overload).isGreaterThan(noticing.plusSeconds(20));
    }

    @Test
    void theLossOfTheOnlyRegionCannotBeBorne() throws Exception {
        Forecast forecast = forecast(servers(2), HALF_BUSY);

        assertThat(forecast.losses()).containsExactly(new RegionLoss(EU, Optional.empty(), 0, 0));
        assertThat(forecast.losses().getFirst().borne()).isFalse();
        assertThat(outlook(forecast, Situation.REGION_CUT_OFF).lost().percentile(0))
                .isGreaterThan(Duration.ofSeconds(10));
    }

    @Test
    void workersAndTheReleaseCommandAreRehearsed() throws Exception {
        App working = Shape.threeRegions(1).withServers(List.of(2, 1)).working().app();

        Forecast forecast = forecast(working, HALF_BUSY);

        assertThat(forecast.broken()).isEmpty();
        assertThat(outlook(forecast, Situation.CALM).endings()).isEqualTo(Map.of(Ending.DEPLOYED, RUNS));
        assertThat(forecast.deploy().percentile(50))
                .isGreaterThan(forecast(servers(2, 1), HALF_BUSY).deploy().percentile(50));
    }

    @Test
    void anAppThatCannotBecomeHealthyInTimeIsAClearFailure() {
        App app = servers(1);
        var hasty = new HealthCheck("/up", Duration.ofSeconds(10), Duration.ofSeconds(1), 5, Duration.ofSeconds(2));
        App hopeless = new App(
                app.name(),
                app.compose(),
                app.image(),
                app.primary(),
                app.regions(),
                app.env(),
                new Serve("web", 3000, 3000, hasty),
                app.beforeShift(),
                app.rollout(),
                app.traffic(),
                app.probe());

        assertThatThrownBy(() -> forecast(hopeless, HALF_BUSY))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not even a first deploy works")
                .hasMessageContaining("did not become healthy within 2 s");
    }

    private static App servers(Integer... servers) {
        return Shape.threeRegions(1).withServers(List.of(servers)).app();
    }

    private static App withCanary() {
        Shape plain = Shape.threeRegions(1).withServers(List.of(1, 1));
        var canary = new Canary(
                List.of(50, 100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                0.01,
                Optional.empty(),
                50,
                Canary.WhenTooFew.ROLL_BACK);
        return new Shape(
                        plain.servers(),
                        plain.together(),
                        Optional.of(canary),
                        plain.onFailure(),
                        plain.watch(),
                        plain.drain(),
                        plain.keepPrevious(),
                        plain.beforeShift(),
                        plain.approve())
                .app();
    }

    private static Forecast forecast(App app, Assumptions assumptions) throws InterruptedException {
        return new Rehearsals(app, assumptions, RUNS, 1).run(2, done -> {});
    }

    private static Outlook outlook(Forecast forecast, Situation situation) {
        return forecast.outlooks().stream()
                .filter(outlook -> outlook.situation() == situation)
                .findFirst()
                .orElseThrow();
    }
}
