package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.TrafficDriver;

/**
 * What every traffic driver must do, seen by readers who send real requests to real origins. A driver's test extends
 * this, and gives it a traffic layer with nothing made yet in each test.
 */
public abstract class TrafficDriverContract {
    /** The app that the driver must be for. */
    protected static final AppName APP = new AppName("traffic-contract");

    /** The primary region, in Germany. */
    protected static final RegionName EU = TrafficApp.EU;

    /** A region in California. */
    protected static final RegionName US = TrafficApp.US;

    /** A region in Singapore. */
    protected static final RegionName AP = TrafficApp.AP;

    /** The app's session cookie, where an app keeps readers on one origin. */
    protected static final String SESSION = "_session";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int ROUNDS = 50;
    private static final int LOAD_PER_SECOND = 500;
    private static final ServerName A = new ServerName("a");
    private static final ServerName B = new ServerName("b");
    private static final ServerName C = new ServerName("c");

    private final HttpClient readers = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final List<TestOrigin> origins = new ArrayList<>();
    private final List<TrafficDriver> drivers = new ArrayList<>();
    private final List<Duration> moves = new ArrayList<>();

    /** A driver of the app; of the same traffic layer, each time it is called within a test. */
    protected abstract TrafficDriver newDriver(App app) throws InterruptedException;

    /** An address of this machine that the traffic layer reaches origins at; asked once the layer is made. */
    protected abstract String originHost() throws InterruptedException;

    /** Where readers reach the traffic layer on 127.0.0.1, where it runs there. */
    protected abstract int port();

    /** Stops the traffic layer and starts it again, with nothing but what it keeps itself. */
    protected abstract void restart() throws InterruptedException;

    @AfterEach
    final void removeEverything() throws InterruptedException {
        origins.forEach(TestOrigin::close);
        drivers.getFirst().destroyAll();
        drivers.forEach(TrafficDriver::close);
    }

    @Test
    final void sees_no_pool_where_nothing_was_made() throws InterruptedException {
        assertThat(driver(app(Optional.empty())).observe()).isEmpty();
    }

    @Test
    final void makes_a_pool_for_each_region_and_does_so_once() throws InterruptedException {
        TrafficDriver driver = prepared();

        driver.prepare();

        assertThat(driver.observe()).extracting(Pool::region).containsExactlyInAnyOrder(EU, US, AP);
        assertThat(driver.observe()).flatExtracting(Pool::origins).isEmpty();
    }

    @Test
    final void checks_an_origin_that_joins_at_weight_0_and_sends_it_no_request() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin old = origin(A);
        TestOrigin joining = origin(B);
        serve(driver, EU, old);

        driver.apply(new PoolTarget(EU, List.of(at(old, 100), at(joining, 0))));
        awaitHealth(driver, EU, B, Health.HEALTHY);

        assertThat(ask(driver, 20)).containsOnly("a");
        assertThat(seen(driver, EU, B)).returns(false, Origin::serving).returns(Weight.NONE, Origin::weight);
    }

    @Test
    final void calls_an_origin_healthy_only_once_its_checks_pass() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin sick = origin(A);
        sick.healthy(false);

        driver.apply(new PoolTarget(EU, List.of(at(sick, 0))));

        int checks = sick.checks();
        await("three more checks", () -> {
            assertThat(seen(driver, EU, A).health()).isNotEqualTo(Health.HEALTHY);
            return sick.checks() >= checks + 3;
        });
        awaitHealth(driver, EU, A, Health.UNHEALTHY);
        sick.healthy(true);
        awaitHealth(driver, EU, A, Health.HEALTHY);
        sick.healthy(false);
        awaitHealth(driver, EU, A, Health.UNHEALTHY);
    }

    @Test
    final void shares_requests_in_proportion_to_weights() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin large = origin(A);
        TestOrigin small = origin(B);
        serve(driver, EU, large, small);

        driver.apply(new PoolTarget(EU, List.of(at(large, 100), at(small, 25))));
        assertThat(count(ask(driver, 500), "b")).isBetween(80, 120);

        driver.apply(new PoolTarget(EU, List.of(at(large, 100), at(small, 1))));
        assertThat(count(ask(driver, 500), "b")).isBetween(1, 15);
    }

    @Test
    final void sends_a_drained_origin_no_new_request_and_lets_one_in_flight_finish() throws Exception {
        TrafficDriver driver = prepared();
        TestOrigin leaving = origin(A);
        TestOrigin staying = origin(B);
        serve(driver, EU, leaving);
        CompletableFuture<Reply> slow = sendLater(driver, Optional.empty(), "/slow", "");
        await("the slow request arrives", () -> seen(driver, EU, A).inFlight() == 1);
        serve(driver, EU, leaving, staying);

        driver.drain(EU, List.of(A));
        driver.drain(EU, List.of(A));

        assertThat(ask(driver, 20)).containsOnly("b");
        assertThat(seen(driver, EU, A))
                .returns(true, Origin::draining)
                .returns(false, Origin::serving)
                .returns(1, Origin::inFlight)
                .returns(Health.HEALTHY, Origin::health);
        leaving.release();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(new Reply(200, "a", ""));
        await("nothing is in flight", () -> seen(driver, EU, A).inFlight() == 0);
    }

    @Test
    final void ends_a_drain_when_the_weight_rises_and_not_before() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin one = origin(A);
        TestOrigin other = origin(B);
        serve(driver, EU, one, other);
        driver.drain(EU, List.of(A));

        driver.apply(new PoolTarget(EU, List.of(at(one, 0), at(other, 100))));
        assertThat(seen(driver, EU, A).draining()).isTrue();

        driver.apply(new PoolTarget(EU, List.of(at(one, 100), at(other, 100))));
        assertThat(seen(driver, EU, A)).returns(false, Origin::draining).returns(Weight.FULL, Origin::weight);
        assertThat(ask(driver, 20)).contains("a", "b");
    }

    @Test
    final void keeps_a_reader_with_a_session_on_one_origin_until_it_drains() throws InterruptedException {
        TrafficDriver driver = driver(app(Optional.of(SESSION)));
        driver.prepare();
        TestOrigin one = origin(A);
        TestOrigin other = origin(B);
        serve(driver, EU, one, other);
        Reply first = await(driver, Optional.empty(), "/login", "", "a");
        String cookies = SESSION + "=1; " + first.cookie();

        assertThat(ask(driver, 20, cookies)).as("affinity").containsOnly("a");
        driver.apply(new PoolTarget(EU, List.of(at(one, 0), at(other, 100))));
        assertThat(ask(driver, 20, cookies)).as("weight 0 is not a drain").containsOnly("a");
        assertThat(ask(driver, 20)).as("readers without a session").containsOnly("b");
        driver.drain(EU, List.of(A));
        assertThat(ask(driver, 20, cookies)).as("a drain beats affinity").containsOnly("b");
        restart();
        await("the edge is back", () -> status(driver, Optional.empty()) == 200);
        assertThat(ask(driver, 20, cookies)).as("after a restart too").containsOnly("b");
        driver.apply(new PoolTarget(EU, List.of(at(one, 100), at(other, 100))));
        awaitHealth(driver, EU, A, Health.HEALTHY);
        assertThat(ask(driver, 20, cookies)).as("the drain is over").containsOnly("a");
    }

    @Test
    final void keeps_nobody_on_an_origin_where_no_cookie_is_configured() throws InterruptedException {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(A), origin(B));

        Reply first = send(driver, Optional.empty(), "/login", "");

        assertThat(first.cookie()).isEqualTo(SESSION + "=1");
        assertThat(ask(driver, 20, first.cookie())).contains("a", "b");
    }

    @Test
    final void changes_nothing_when_asked_for_what_is() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin one = origin(A);
        TestOrigin other = origin(B);
        serve(driver, EU, one, other);
        driver.drain(EU, List.of(B));
        List<Pool> before = sorted(driver.observe());

        driver.apply(new PoolTarget(EU, List.of(at(one, 100), at(other, 0))));
        driver.prepare();

        assertThat(sorted(driver.observe())).isEqualTo(before);
    }

    @Test
    final void takes_an_origin_that_is_not_listed_out_of_the_pool() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin staying = origin(A);
        TestOrigin leaving = origin(B);
        serve(driver, EU, staying, leaving);
        driver.drain(EU, List.of(B));

        driver.apply(new PoolTarget(EU, List.of(at(staying, 100))));

        assertThat(pool(driver, EU).origins()).extracting(Origin::server).containsExactly(A);
        assertThat(ask(driver, 10)).containsOnly("a");
        driver.apply(new PoolTarget(EU, List.of(at(staying, 100), at(leaving, 100))));
        awaitHealth(driver, EU, B, Health.HEALTHY);
        assertThat(seen(driver, EU, B).draining())
                .as("it comes back as a new one")
                .isFalse();
    }

    @Test
    final void cuts_no_request_of_an_origin_that_leaves() throws Exception {
        TrafficDriver driver = prepared();
        TestOrigin leaving = origin(A);
        serve(driver, EU, leaving);
        CompletableFuture<Reply> slow = sendLater(driver, Optional.empty(), "/slow", "");
        await("the slow request arrives", () -> seen(driver, EU, A).inFlight() == 1);
        TestOrigin staying = origin(B);
        serve(driver, EU, leaving, staying);

        driver.apply(new PoolTarget(EU, List.of(at(staying, 100))));

        assertThat(pool(driver, EU).origins()).extracting(Origin::server).containsExactly(B);
        leaving.release();
        assertThat(slow.get(10, TimeUnit.SECONDS).server()).isEqualTo("a");
        driver.apply(new PoolTarget(EU, List.of(at(leaving, 100), at(staying, 100))));
        awaitHealth(driver, EU, A, Health.HEALTHY);
        assertThat(ask(driver, 20)).contains("a", "b");
    }

    @Test
    final void follows_an_origin_to_another_address() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin before = origin(A);
        serve(driver, EU, before);
        TestOrigin after = origin(A);
        before.close();

        serve(driver, EU, after);

        assertThat(seen(driver, EU, A).address()).isEqualTo(after.address());
        assertThat(ask(driver, 5)).containsOnly("a");
    }

    @Test
    final void is_after_a_restart_what_it_was_before() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin one = origin(A);
        TestOrigin other = origin(B);
        TestOrigin third = origin(C);
        serve(driver, EU, one, other, third);
        serve(driver, US, origin(new ServerName("d")));
        driver.apply(new PoolTarget(EU, List.of(at(one, 100), at(other, 7), at(third, 100))));
        driver.drain(EU, List.of(C));
        List<Pool> before = sorted(driver.observe());

        restart();

        await("the edge is back", () -> status(driver, Optional.empty()) == 200);
        await("every check passes again", () -> origins(driver).allMatch(o -> o.health() == Health.HEALTHY));
        assertThat(sorted(driver.observe())).isEqualTo(before);
        assertThat(sorted(driver(app(Optional.empty())).observe()))
                .as("as another process sees it")
                .isEqualTo(before);
        assertThat(ask(driver, 20)).doesNotContain("c");
    }

    @Test
    final void sends_readers_to_the_nearest_region_and_those_from_nowhere_to_the_primary() throws InterruptedException {
        TrafficDriver driver = threeRegions();

        assertThat(server(driver, Optional.of("MX"))).isEqualTo("us1");
        assertThat(server(driver, Optional.of("AU"))).isEqualTo("ap1");
        assertThat(server(driver, Optional.of("FR"))).isEqualTo("eu1");
        assertThat(server(driver, Optional.of("XX"))).isEqualTo("eu1");
        assertThat(server(driver, Optional.empty())).isEqualTo("eu1");
    }

    @Test
    final void falls_back_to_the_primary_while_a_region_is_unhealthy() throws InterruptedException {
        TrafficDriver driver = threeRegions();
        TestOrigin us = origins.get(1);

        us.healthy(false);
        await("readers in the US go to the primary", () -> server(driver, Optional.of("US"))
                .equals("eu1"));
        assertThat(server(driver, Optional.of("JP"))).isEqualTo("ap1");

        us.healthy(true);
        await("they are back", () -> server(driver, Optional.of("US")).equals("us1"));
    }

    @Test
    final void falls_back_to_the_next_region_where_the_primary_has_nobody_either() throws InterruptedException {
        TrafficDriver driver = threeRegions();

        driver.drain(EU, List.of(new ServerName("eu1")));
        assertThat(server(driver, Optional.of("AU"))).isEqualTo("ap1");
        assertThat(server(driver, Optional.of("DE"))).as("nearest to Germany").isEqualTo("us1");
        driver.drain(US, List.of(new ServerName("us1")));

        assertThat(server(driver, Optional.of("DE"))).isEqualTo("ap1");
        assertThat(server(driver, Optional.empty())).isEqualTo("ap1");
    }

    @Test
    final void refuses_a_region_that_it_has_no_pool_for() throws InterruptedException {
        TrafficDriver driver = prepared();
        var nowhere = new RegionName("nowhere");

        assertThatThrownBy(() -> driver.apply(new PoolTarget(nowhere, List.of())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> driver.drain(nowhere, List.of(A)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    final void does_not_mind_draining_what_is_not_there() throws InterruptedException {
        TrafficDriver driver = prepared();

        driver.drain(EU, List.of(A));

        assertThat(pool(driver, EU).origins()).isEmpty();
    }

    @Test
    final void destroys_everything_and_can_begin_again() throws InterruptedException {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(A));

        driver.destroyAll();
        driver.destroyAll();

        assertThat(driver.observe()).isEmpty();
        driver.prepare();
        assertThat(driver.observe()).flatExtracting(Pool::origins).isEmpty();
    }

    /** What a rollout does fifty times over, under load: two servers join, two drain, leave and are destroyed. */
    @Test
    final void fails_no_request_while_origins_come_and_go() throws Exception {
        TrafficDriver driver = prepared();
        List<TestOrigin> serving = List.of(origin(new ServerName("r0-1")), origin(new ServerName("r0-2")));
        serve(driver, EU, serving.toArray(TestOrigin[]::new));
        try (Load load = new Load(driver.address(), LOAD_PER_SECOND, "DE")) {
            for (int round = 1; round <= ROUNDS; round++) {
                serving = replace(driver, serving, round);
            }
            assertThat(load.stop()).isEmpty();
            assertThat(load.sent()).as("requests").isGreaterThan(10 * ROUNDS);
            System.getLogger(getClass().getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0} requests, none failed; to move all traffic took {1} ms, at most {2} ms",
                            load.sent(),
                            median(moves).toMillis(),
                            moves.stream()
                                    .max(Comparator.naturalOrder())
                                    .orElseThrow()
                                    .toMillis());
        }
    }

    private List<TestOrigin> replace(TrafficDriver driver, List<TestOrigin> old, int round)
            throws InterruptedException {
        List<TestOrigin> next =
                List.of(origin(new ServerName("r" + round + "-1")), origin(new ServerName("r" + round + "-2")));
        driver.apply(new PoolTarget(EU, weights(old, 100, next, 0)));
        for (TestOrigin origin : next) {
            awaitHealth(driver, EU, origin.name(), Health.HEALTHY);
        }
        driver.apply(new PoolTarget(EU, weights(old, 100, next, 10)));
        long begun = System.nanoTime();
        driver.apply(new PoolTarget(EU, weights(old, 0, next, 100)));
        moves.add(Duration.ofNanos(System.nanoTime() - begun));
        driver.drain(EU, old.stream().map(TestOrigin::name).toList());
        for (TestOrigin origin : old) {
            await("nothing in flight", () -> seen(driver, EU, origin.name()).inFlight() == 0);
        }
        driver.apply(new PoolTarget(EU, weights(List.of(), 0, next, 100)));
        old.forEach(TestOrigin::close);
        return next;
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private static List<OriginTarget> weights(List<TestOrigin> some, int weight, List<TestOrigin> others, int other) {
        return Stream.concat(
                        some.stream().map(origin -> at(origin, weight)),
                        others.stream().map(origin -> at(origin, other)))
                .toList();
    }

    /** A driver of the app in three regions, ready for origins. */
    protected final TrafficDriver prepared() throws InterruptedException {
        TrafficDriver driver = driver(app(Optional.empty()));
        driver.prepare();
        return driver;
    }

    /** A driver that is closed after the test. */
    protected final TrafficDriver driver(App app) throws InterruptedException {
        TrafficDriver driver = newDriver(app);
        drivers.add(driver);
        return driver;
    }

    /** The app in three regions, with or without a session cookie that keeps readers on an origin. */
    protected final App app(Optional<String> stickyCookie) {
        return TrafficApp.of(APP, port(), stickyCookie);
    }

    /** Starts an origin that answers with this name. */
    protected final TestOrigin origin(ServerName name) throws InterruptedException {
        var origin = new TestOrigin(name, originHost(), SESSION);
        origins.add(origin);
        return origin;
    }

    /** Makes a pool of these origins with full weight, and waits until all are healthy. */
    protected final void serve(TrafficDriver driver, RegionName region, TestOrigin... serving)
            throws InterruptedException {
        driver.apply(new PoolTarget(
                region, Stream.of(serving).map(origin -> at(origin, 100)).toList()));
        for (TestOrigin origin : serving) {
            awaitHealth(driver, region, origin.name(), Health.HEALTHY);
        }
    }

    /** An origin as a pool's target has it. */
    protected static OriginTarget at(TestOrigin origin, int weight) {
        return new OriginTarget(origin.name(), origin.address(), new Weight(weight));
    }

    /** Waits until something holds, and fails when it does not soon. */
    protected static void await(String what, Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(PATIENCE);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Something that becomes true. */
    @FunctionalInterface
    protected interface Condition {
        /** Whether it is true now. */
        boolean holds() throws InterruptedException;
    }

    /** What a reader gets: the status, the origin that answered, and the cookies it set. */
    public record Reply(int status, String server, String cookie) {}

    /** Sends one request as a reader from a country. */
    protected final Reply send(TrafficDriver driver, Optional<String> country, String path, String cookies)
            throws InterruptedException {
        try {
            return reply(readers.send(request(driver, country, path, cookies), HttpResponse.BodyHandlers.discarding()));
        } catch (IOException e) {
            return new Reply(0, e.toString(), "");
        }
    }

    private TrafficDriver threeRegions() throws InterruptedException {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("eu1")));
        serve(driver, US, origin(new ServerName("us1")));
        serve(driver, AP, origin(new ServerName("ap1")));
        return driver;
    }

    private CompletableFuture<Reply> sendLater(
            TrafficDriver driver, Optional<String> country, String path, String cookies) {
        return readers.sendAsync(request(driver, country, path, cookies), HttpResponse.BodyHandlers.discarding())
                .thenApply(TrafficDriverContract::reply);
    }

    private static HttpRequest request(TrafficDriver driver, Optional<String> country, String path, String cookies) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(driver.address().resolve(path)).timeout(PATIENCE);
        country.ifPresent(code -> request.header("CF-IPCountry", code));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return request.build();
    }

    private static Reply reply(HttpResponse<Void> response) {
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("X-Served-By").orElse(""),
                String.join(
                        "; ",
                        response.headers().allValues("Set-Cookie").stream()
                                .map(cookie -> cookie.split(";", -1)[0])
                                .toList()));
    }

    private int status(TrafficDriver driver, Optional<String> country) throws InterruptedException {
        return send(driver, country, "/", "").status();
    }

    private String server(TrafficDriver driver, Optional<String> country) throws InterruptedException {
        return send(driver, country, "/", "").server();
    }

    private List<String> ask(TrafficDriver driver, int times) throws InterruptedException {
        return ask(driver, times, "");
    }

    private List<String> ask(TrafficDriver driver, int times, String cookies) throws InterruptedException {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Reply reply = send(driver, Optional.empty(), "/", cookies);
            assertThat(reply.status()).as(reply.server()).isEqualTo(200);
            servers.add(reply.server());
        }
        return servers;
    }

    private Reply await(TrafficDriver driver, Optional<String> country, String path, String cookies, String server)
            throws InterruptedException {
        List<Reply> replies = new ArrayList<>();
        await("an answer of " + server, () -> {
            replies.add(send(driver, country, path, cookies));
            return replies.getLast().server().equals(server);
        });
        return replies.getLast();
    }

    private static int count(List<String> servers, String server) {
        return (int) IntStream.range(0, servers.size())
                .filter(i -> servers.get(i).equals(server))
                .count();
    }

    private static void awaitHealth(TrafficDriver driver, RegionName region, ServerName server, Health health)
            throws InterruptedException {
        await(server + " is " + health, () -> seen(driver, region, server).health() == health);
    }

    private static Pool pool(TrafficDriver driver, RegionName region) throws InterruptedException {
        return driver.observe().stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseThrow();
    }

    private static Origin seen(TrafficDriver driver, RegionName region, ServerName server) throws InterruptedException {
        return pool(driver, region).origin(server).orElseThrow();
    }

    private static Stream<Origin> origins(TrafficDriver driver) throws InterruptedException {
        return driver.observe().stream().flatMap(pool -> pool.origins().stream());
    }

    private static List<Pool> sorted(List<Pool> pools) {
        return pools.stream()
                .sorted(Comparator.comparing(Pool::region))
                .map(pool -> new Pool(
                        pool.region(),
                        pool.origins().stream()
                                .sorted(Comparator.comparing(Origin::server))
                                .toList()))
                .toList();
    }
}
