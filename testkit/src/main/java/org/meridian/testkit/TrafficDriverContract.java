package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
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
 * What every traffic driver must do, seen by users who send real requests to real origins. A driver's test extends
 * this, and gives it a traffic layer with nothing made yet in each test.
 */
public abstract class TrafficDriverContract extends TrafficStage {
    private static final int ROUNDS = 50;
    private static final int LOAD_PER_SECOND = 500;
    private static final ServerName A = new ServerName("a");
    private static final ServerName B = new ServerName("b");
    private static final ServerName C = new ServerName("c");

    private final List<Duration> moves = new ArrayList<>();

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
        assertThat(driver.staying()).as("what stays where no server is").isNotEmpty();
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
        await("the slow request arrives", () -> leaving.held() == 1);
        serve(driver, EU, leaving, staying);

        driver.drain(EU, List.of(A));
        driver.drain(EU, List.of(A));

        assertThat(seen(driver, EU, A))
                .returns(true, Origin::draining)
                .returns(false, Origin::serving)
                .returns(1, Origin::inFlight)
                .returns(Health.HEALTHY, Origin::health);
        assertThat(ask(driver, 20)).containsOnly("b");
        leaving.release();
        assertThat(slow.get()).isEqualTo(new Reply(200, "a", ""));
        awaitIdle(driver, EU, A);
    }

    @Test
    final void closes_what_is_still_connected_to_a_drained_origin_and_to_no_other() throws Exception {
        TrafficDriver driver = prepared();
        TestOrigin leaving = origin(A);
        TestOrigin staying = origin(B);
        serve(driver, EU, leaving);
        CompletableFuture<Reply> old = sendLater(driver, Optional.empty(), "/stream", "");
        await("the stream has begun", () -> leaving.held() == 1);
        serve(driver, EU, leaving, staying);
        driver.drain(EU, List.of(A));
        CompletableFuture<Reply> fresh = sendLater(driver, Optional.empty(), "/stream", "");
        await("the other stream has begun", () -> staying.held() == 1);

        boolean closed = driver.disconnect(EU, List.of(A, B, C));

        assertThat(closed).isEqualTo(closesConnections());
        if (closed) {
            assertThat(old).failsWithin(PATIENCE);
            awaitIdle(driver, EU, A);
        }
        assertThat(fresh).isNotDone();
        staying.release();
        assertThat(fresh.get().status()).isEqualTo(200);
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
    final void keeps_a_user_with_a_session_on_one_origin_until_it_drains() throws InterruptedException {
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
        assertThat(ask(driver, 20)).as("users without a session").containsOnly("b");
        driver.drain(EU, List.of(A));
        if (sessionsOutliveDrain()) {
            awaitIdle(driver, EU, A);
        }
        assertThat(ask(driver, 20, cookies)).as("a drain beats affinity").containsOnly("b");
        restart();
        await("the edge is back", () -> status(driver, Optional.empty()) == 200);
        assertThat(ask(driver, 20, cookies)).as("after a restart too").containsOnly("b");
        driver.apply(new PoolTarget(EU, List.of(at(one, 100), at(other, 100))));
        awaitHealth(driver, EU, A, Health.HEALTHY);
        assertThat(ask(driver, 20, cookies)).as("the drain is over").containsOnly("a");
    }

    /** Every cookie that the traffic layer hands out is tried with the name of an origin that joined and has no weight yet. */
    @Test
    final void lets_no_forged_cookie_reach_an_origin_that_has_had_no_traffic() throws InterruptedException {
        TrafficDriver driver = driver(app(Optional.of(SESSION)));
        driver.prepare();
        TestOrigin serving = origin(A);
        TestOrigin joining = origin(B);
        serve(driver, EU, serving);
        driver.apply(new PoolTarget(EU, List.of(at(serving, 100), at(joining, 0))));
        awaitHealth(driver, EU, B, Health.HEALTHY);

        String cookies =
                SESSION + "=1; " + send(driver, Optional.empty(), "/login", "").cookie();
        String forged = cookies.replace("=a", "=b");

        assertThat(ask(driver, 20, forged)).containsOnly("a");
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
        awaitIdle(driver, EU, B);
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
        await("the slow request arrives", () -> leaving.held() == 1);
        TestOrigin staying = origin(B);
        serve(driver, EU, leaving, staying);

        driver.apply(new PoolTarget(EU, List.of(at(staying, 100))));

        assertThat(pool(driver, EU).origins()).extracting(Origin::server).containsExactly(B);
        leaving.release();
        assertThat(slow.get().server()).isEqualTo("a");
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
        awaitIdle(driver, EU, C);
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
    final void sends_users_to_the_nearest_region_and_those_from_nowhere_to_the_primary() throws InterruptedException {
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
        await("users in the US go to the primary", () -> server(driver, Optional.of("US"))
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
        assertThat(driver.staying()).as("what stays").isEmpty();
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
            load.awaitSent(10 * ROUNDS);
            assertThat(load.stop()).isEmpty();
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
            awaitIdle(driver, EU, origin.name());
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
}
