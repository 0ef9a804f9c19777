package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Origin;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.MetricSource;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.testkit.MetricSourceContract;
import org.meridian.testkit.TestOrigin;
import org.meridian.testkit.TrafficApp;

/** HAProxy in a real container. */
@Tag("world")
final class HaproxyMetricsTest extends MetricSourceContract {
    private static final AppName APP = new AppName("metric-contract");
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalNames NAMES = new LocalNames(APP);
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);
    private static final int PORT = freePort();
    private static final ServerName SECOND = new ServerName("second");
    private static final Map<RegionName, String> COUNTRIES = Map.of(HERE, "DE", THERE, "US");

    private final HttpClient users = newUser();
    private final App app = TrafficApp.of(APP, PORT, Optional.empty());
    private final LocalEdge machine = new LocalEdge(NAMES, IMAGE, PORT, DOCKER);
    private final HaproxyTraffic traffic = new HaproxyTraffic(app, machine, new SystemTime());
    private final HaproxyMetrics metrics = new HaproxyMetrics(APP, machine);
    private final List<TestOrigin> origins = new ArrayList<>();

    @BeforeEach
    void serve() throws InterruptedException {
        traffic.prepare();
        join(HERE, origin(A));
        join(THERE, origin(B));
    }

    @AfterEach
    void removeEverything() throws InterruptedException {
        origins.forEach(TestOrigin::close);
        metrics.close();
        traffic.destroyAll();
        traffic.close();
    }

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(NAMES, DOCKER).removeAll();
    }

    @Override
    protected MetricSource source() {
        return metrics;
    }

    @Override
    protected void answer(RegionName region, int status, Duration after) throws InterruptedException {
        assertThat(send(region, "/answer/" + status + "/" + after.toMillis()).join())
                .isEqualTo(status);
    }

    @Override
    protected void drop(RegionName region) {
        // A POST, which the edge does not send again, over a connection of its own, which the edge closes.
        HttpRequest request = request(region, "/drop")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient user = newUser()) {
            assertThat(send(user, request).join()).isEqualTo(502);
        }
    }

    @Test
    void counts_a_failure_that_another_origin_made_good() throws InterruptedException {
        TestOrigin second = origin(SECOND);
        join(HERE, origins.getFirst(), second);
        second.close();

        for (int i = 0; i < 10; i++) {
            answer(HERE, 200, Duration.ZERO);
        }

        OriginMetrics dead = read(HERE, SECOND).orElseThrow();
        assertThat(dead.errors()).isPositive().isEqualTo(dead.requests());
        assertThat(read(HERE, A).orElseThrow())
                .returns(10L, OriginMetrics::requests)
                .returns(0L, OriginMetrics::errors);
    }

    @Test
    void does_not_count_what_is_under_way_and_counts_it_once_it_is_over() throws Exception {
        answer(HERE, 200, Duration.ZERO);
        CompletableFuture<Integer> slow = send(HERE, "/slow");
        await(
                "it is under way",
                () -> traffic.observe().stream()
                                .flatMap(pool -> pool.origins().stream())
                                .mapToInt(Origin::inFlight)
                                .sum()
                        == 1);
        assertThat(read(HERE, A).orElseThrow())
                .returns(1L, OriginMetrics::requests)
                .returns(0L, OriginMetrics::errors);

        origins.getFirst().release();
        assertThat(slow.get(300, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(read(HERE, A).orElseThrow())
                .returns(2L, OriginMetrics::requests)
                .returns(0L, OriginMetrics::errors);
    }

    @Test
    void counts_anew_after_a_reload_without_anybody_connecting_again() throws InterruptedException {
        answer(HERE, 500, Duration.ZERO);
        assertThat(read(HERE, A).map(OriginMetrics::errors)).contains(1L);

        try (var changed =
                new HaproxyTraffic(TrafficApp.of(APP, PORT, Optional.of("_session")), machine, new SystemTime())) {
            changed.prepare();
        }
        // A kept connection has one more request with the process that goes.
        answer(HERE, 200, Duration.ZERO);
        answer(HERE, 200, Duration.ZERO);

        OriginMetrics again = read(HERE, A).orElseThrow();
        assertThat(again.requests()).isBetween(1L, 2L);
        assertThat(again.errors()).isZero();
        assertThat(again.latencies().lastEntry().getValue()).isEqualTo(again.requests());
    }

    @Test
    void knows_no_region_that_has_no_pool_and_leaves_out_what_left() throws InterruptedException {
        answer(HERE, 200, Duration.ZERO);
        traffic.apply(new PoolTarget(HERE, List.of()));

        assertThat(metrics.read(HERE)).isEmpty();
        assertThatThrownBy(() -> metrics.read(new RegionName("nowhere")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no pool for the region nowhere");
    }

    private TestOrigin origin(ServerName name) throws InterruptedException {
        String gateway = DOCKER.run(Command.of(
                        "docker", "inspect", "--format", "{{.NetworkSettings.Networks.bridge.Gateway}}", NAMES.edge()))
                .expect("docker", "")
                .strip();
        origins.add(new TestOrigin(name, gateway, "_session"));
        return origins.getLast();
    }

    private void join(RegionName region, TestOrigin... serving) throws InterruptedException {
        List<OriginTarget> targets = List.of(serving).stream()
                .map(origin -> new OriginTarget(origin.name(), origin.address(), Weight.FULL))
                .toList();
        traffic.apply(new PoolTarget(region, targets));
        await("they are healthy", () -> traffic.observe().stream()
                .filter(pool -> pool.region().equals(region))
                .flatMap(pool -> pool.origins().stream())
                .allMatch(origin -> origin.health() == Origin.Health.HEALTHY));
    }

    private static HttpClient newUser() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    private CompletableFuture<Integer> send(RegionName region, String path) {
        return send(users, request(region, path).build());
    }

    private static CompletableFuture<Integer> send(HttpClient user, HttpRequest request) {
        return user.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private HttpRequest.Builder request(RegionName region, String path) {
        return HttpRequest.newBuilder(traffic.address().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("CF-IPCountry", COUNTRIES.getOrDefault(region, "XX"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
