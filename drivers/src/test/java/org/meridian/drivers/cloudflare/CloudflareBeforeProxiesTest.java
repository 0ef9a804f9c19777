package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.drivers.cloudflare.Stage.EU;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.EdgeBeforeProxies;
import org.meridian.core.traffic.MachineOrigins;
import org.meridian.core.traffic.OriginName;
import org.meridian.testkit.TestOrigin;
import org.meridian.testkit.TrafficApp;
import tools.jackson.databind.JsonNode;

/** Cloudflare knows the machines of a region, and what splits requests between releases there is another traffic layer. */
class CloudflareBeforeProxiesTest {
    private final Stage stage = new Stage();
    private final Stage behind = new Stage();
    private final List<TestOrigin> listed = new ArrayList<>();
    private TrafficDriver proxies;
    private TrafficDriver driver;
    private TestOrigin old;
    private TestOrigin young;

    @BeforeEach
    void prepare() throws InterruptedException {
        App app = behindProxies(stage.app());
        proxies = behind.driver();
        driver = new EdgeBeforeProxies(
                app, stage.driver(app), proxies, new EuropesMachines(), stage.cloudflare.time, event -> {});
        old = stage.origin("journal-eu-r1-1");
        young = stage.origin("journal-eu-r2-1");
        listed.add(stage.origin("first"));
    }

    @AfterEach
    void close() {
        stage.close();
        behind.close();
    }

    private static App behindProxies(App app) {
        return TrafficApp.with(
                app,
                new TrafficSettings(
                        new TrafficLayer.Cloudflare(
                                FakeCloudflare.settings(),
                                Optional.of(new Proxies(app.serve().hostPort(), List.of()))),
                        Optional.empty()));
    }

    private void serve(TestOrigin... serving) throws InterruptedException {
        driver.apply(Stage.target(serving));
    }

    private List<String> atCloudflare() {
        return stage.cloudflare.account.all(Kind.POOL).stream()
                .filter(pool -> pool.path("name").asString().endsWith("-eu"))
                .flatMap(pool -> pool.path("origins").valueStream())
                .map(origin -> origin.path("name").asString())
                .toList();
    }

    private Health health(TestOrigin server) throws InterruptedException {
        return driver.observe(EU).origin(server.name()).map(Origin::health).orElseThrow();
    }

    @Test
    void aReleaseChangesNothingAtCloudflare() throws InterruptedException {
        driver.prepare();
        serve(old);
        stage.cloudflare.api.clearLog();

        driver.apply(new PoolTarget(EU, List.of(Stage.at(old, 100), Stage.at(young, 0))));
        behind.await(() -> health(young) == Health.HEALTHY);
        driver.apply(new PoolTarget(EU, List.of(Stage.at(old, 0), Stage.at(young, 100))));
        driver.drain(EU, List.of(old.name()));

        assertThat(stage.cloudflare.api.log()).noneMatch(request -> !request.startsWith("GET "));
        assertThat(atCloudflare()).containsExactly(name(listed.getFirst()));
        assertThat(proxies.observe(EU).origin(young.name()).orElseThrow().serving())
                .isTrue();
    }

    @Test
    void cloudflareChecksTheProxiesPortAndAsksForTheServersOfThatMachineAlone() throws InterruptedException {
        driver.prepare();

        JsonNode monitor = stage.cloudflare.account.all(Kind.MONITOR).getFirst();
        assertThat(monitor.path("port").asInt()).isEqualTo(stage.app().serve().hostPort());
        assertThat(monitor.path("header").path(Proxies.ALONE).path(0).asString())
                .isEqualTo("1");
    }

    @Test
    void aServerThatTakesRequestsIsAsHealthyAsCloudflareFindsItsMachine() throws InterruptedException {
        driver.prepare();
        serve(old);
        behind.await(() -> health(old) == Health.HEALTHY);

        listed.getFirst().healthy(false);

        stage.await(() -> health(old) == Health.UNHEALTHY);
    }

    @Test
    void aMachineThatCloudflareDoesNotReachFailsTheFirstDeployAndIsNamed() throws InterruptedException {
        listed.getFirst().healthy(false);
        driver.prepare();

        assertThat(Stage.problem(() -> serve(old)))
                .satisfies(problem -> assertThat(problem.summary()).contains("eu: ", address(listed.getFirst())));
    }

    @Test
    void aRegionThatServedGoesOnWhenCloudflareLosesSightOfIt() throws InterruptedException {
        driver.prepare();
        serve(old);
        listed.getFirst().healthy(false);
        stage.await(() -> health(old) == Health.UNHEALTHY);

        serve(young);

        assertThat(proxies.observe(EU).origin(young.name())).isPresent();
    }

    @Test
    void aMachineThatIsNotListedAnyMoreStaysUntilOneThatIsListedTakesUsers() throws InterruptedException {
        driver.prepare();
        serve(old);
        TestOrigin former = listed.removeFirst();
        TestOrigin next = stage.origin("second");
        next.healthy(false);
        listed.add(next);

        driver.prepare();
        assertThat(atCloudflare()).containsExactlyInAnyOrder(name(former), name(next));

        next.healthy(true);
        serve(young);
        assertThat(atCloudflare()).containsExactly(name(next));
    }

    @Test
    void serversThatTheEdgeReachedItselfAreTakenOver() throws InterruptedException {
        TrafficDriver direct = stage.driver(behindProxies(stage.app()));
        direct.prepare();
        stage.serve((CloudflareTraffic) direct, old);
        assertThat(driver.observe(EU).origin(old.name()).orElseThrow().serving())
                .isTrue();

        driver.prepare();
        assertThat(atCloudflare()).containsExactlyInAnyOrder(old.name().value(), name(listed.getFirst()));
        driver.apply(new PoolTarget(EU, List.of(Stage.at(old, 100), Stage.at(young, 0))));

        assertThat(atCloudflare()).containsExactly(name(listed.getFirst()));
        assertThat(proxies.observe(EU).origin(old.name()).orElseThrow().serving())
                .isTrue();
    }

    private static String address(TestOrigin machine) {
        return machine.address();
    }

    private static String name(TestOrigin machine) {
        return named(machine).value();
    }

    private static ServerName named(TestOrigin machine) {
        return OriginName.of(machine.address().substring(0, machine.address().lastIndexOf(':')));
    }

    /** One region's machines are listed; each has every server that is asked about. */
    private final class EuropesMachines implements MachineOrigins {
        @Override
        public Map<RegionName, List<OriginTarget>> byRegion() {
            return Map.of(
                    EU,
                    Stream.of(listed)
                            .flatMap(List::stream)
                            .map(machine -> new OriginTarget(named(machine), machine.address(), Weight.FULL))
                            .toList());
        }

        @Override
        public boolean has(String machine, String server) {
            return true;
        }
    }
}
