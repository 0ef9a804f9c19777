package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.drivers.cloudflare.FakeFaults.Fault;
import org.meridian.testkit.TestOrigin;

/** What becomes of a shift when Cloudflare refuses, limits, breaks or is silent in its midst. */
final class CloudflareFailuresTest {
    private static final String CHANGE_POOL = "^PATCH .*/pools/";

    private final Stage stage = new Stage();
    private final FakeCloudflare cloudflare = stage.cloudflare;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void every_exchange_of_a_rollout_is_as_officially_described() throws InterruptedException {
        assumeTrue(
                cloudflare.description.present(),
                "not checked: " + OfficialDescription.VARIABLE + " names no folder with Cloudflare's description");
        CloudflareTraffic driver = stage.prepared();
        TestOrigin old = stage.origin("old");
        TestOrigin fresh = stage.origin("fresh");
        stage.serve(driver, old);
        driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(old, 100), Stage.at(fresh, 7))));
        driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(old, 0), Stage.at(fresh, 100))));
        driver.drain(Stage.EU, List.of(old.name()));
        driver.destroyAll();

        assertThat(cloudflare.description.checked()).isGreaterThan(20);
        assertThat(cloudflare.description.violations()).isEmpty();
    }

    @Test
    void a_token_that_is_not_accepted_is_said_so_and_never_shown() throws InterruptedException {
        String wrong = "wrong-token-that-nobody-may-see";

        Diagnostic problem = Stage.problem(stage.driver(wrong)::observe);

        assertThat(problem.code()).isEqualTo("cloudflare-token");
        assertThat(problem.summary()).contains("CLOUDFLARE_API_TOKEN");
        assertThat(problem.toString()).doesNotContain(wrong).contains("***");
    }

    @Test
    void a_missing_or_broken_token_fails_before_anything_is_asked() throws InterruptedException {
        assertThat(Stage.problem(stage.driver("")::observe).summary()).contains("is not set");
        Diagnostic broken = Stage.problem(stage.driver("two words")::observe);

        assertThat(broken.summary()).contains("no API token");
        assertThat(broken.toString()).doesNotContain("two words");
        assertThat(cloudflare.api.log()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Permission.class,
            names = {"ZONE_READ", "LOAD_BALANCERS", "MONITORS_AND_POOLS"})
    void a_permission_that_is_missing_is_named(Permission missing) throws InterruptedException {
        cloudflare.api.allowed.remove(missing);

        Diagnostic problem = Stage.problem(stage.driver()::prepare);

        assertThat(problem.code()).isEqualTo("cloudflare-permission");
        assertThat(problem.suggestion()).contains("'" + missing.words() + "'");
    }

    @Test
    void a_permission_lost_in_the_midst_of_a_shift_changes_nothing() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin old = stage.origin("old");
        TestOrigin fresh = stage.origin("fresh");
        stage.serve(driver, old, fresh);
        cloudflare.api.readOnly = true;
        Pool before = driver.observe(Stage.EU);

        Diagnostic problem = Stage.problem(
                () -> driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(old, 0), Stage.at(fresh, 100)))));

        assertThat(problem.summary()).contains("may not change the origins of eu");
        assertThat(driver.observe(Stage.EU)).isEqualTo(before);
    }

    @Test
    void a_hostname_without_a_zone_is_named_with_what_was_looked_for() throws InterruptedException {
        CloudflareTraffic driver =
                stage.driver(stage.app(new CloudflareSettings("www.journal.example.org"), Optional.empty()));

        Diagnostic problem = Stage.problem(driver::prepare);

        assertThat(problem.code()).isEqualTo("cloudflare-zone");
        assertThat(problem.summary()).contains("www.journal.example.org, journal.example.org, example.org");
    }

    @Test
    void a_limited_rate_is_waited_out_as_long_as_cloudflare_says() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin origin = stage.origin("one");
        cloudflare.faults.plan(CHANGE_POOL, Fault.LIMITED, 3);

        driver.apply(Stage.target(origin));

        assertThat(Stage.seen(driver, "one").weight()).isEqualTo(Weight.FULL);
        assertThat(cloudflare.notes)
                .hasSize(3)
                .allMatch(note -> note.contains("waiting 1 s, as it asks, to change the origins of eu"));
    }

    @Test
    void a_rate_limited_for_longer_than_anybody_waits_fails_with_the_time_to_wait() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        cloudflare.faults.plan(CHANGE_POOL, Fault.LIMITED_LONG, 1);

        Diagnostic problem = Stage.problem(() -> driver.apply(Stage.target(stage.origin("one"))));

        assertThat(problem.code()).isEqualTo("cloudflare-rate-limit");
        assertThat(problem.summary()).contains("10 min");
        assertThat(driver.observe(Stage.EU).origins()).isEmpty();
    }

    @Test
    void looking_without_end_stays_within_cloudflares_rate() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        stage.serve(driver, stage.origin("one"));
        cloudflare.api.clearLog();
        long until = cloudflare.time.nanos() + Duration.ofMinutes(1).toNanos();
        while (cloudflare.time.nanos() < until) {
            assertThat(driver.observe()).hasSize(3);
            cloudflare.time.skip(Duration.ofMillis(50));
        }

        assertThat(cloudflare.api.log()).as("requests in a minute of five").hasSizeLessThan(1200 / 5);
        assertThat(cloudflare.notes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN", "DONE_BUT_BROKEN", "CUT", "DONE_BUT_CUT"})
    void a_mishap_in_the_midst_of_a_shift_is_tried_again(Fault fault) throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin old = stage.origin("old");
        TestOrigin fresh = stage.origin("fresh");
        stage.serve(driver, old, fresh);
        cloudflare.faults.plan(CHANGE_POOL, fault, 2);

        driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(old, 0), Stage.at(fresh, 100))));

        assertThat(driver.observe(Stage.EU).origins())
                .extracting(Origin::weight)
                .containsExactlyInAnyOrder(Weight.NONE, Weight.FULL);
    }

    @Test
    void an_api_that_gives_no_answer_is_said_so_with_the_limit_in_a_unit_that_fits() throws InterruptedException {
        var never = new CountDownLatch(1);
        PlainHttp.Handler silence = request -> {
            never.await();
            return Optional.empty();
        };
        try (var silent = new PlainHttp(silence)) {
            var patience = new Patience(Duration.ofMinutes(5), Duration.ofMillis(250), Duration.ZERO, Duration.ZERO);
            URI address = URI.create("http://127.0.0.1:" + silent.port());
            try (var api = cloudflare.client(address, patience)) {
                Diagnostic problem =
                        Stage.problem(() -> api.call(ApiRequest.get("/zones", "list the zones", Permission.ZONE_READ)));

                assertThat(problem.code()).isEqualTo("cloudflare-unreachable");
                assertThat(problem.summary())
                        .isEqualTo("Cloudflare's API gave no answer within 250 ms, asked to list the zones");
            }
        }
    }

    @Test
    void an_api_that_stays_broken_fails_and_the_same_call_goes_on_later() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin origin = stage.origin("one");
        stage.serve(driver, origin);
        cloudflare.faults.plan(CHANGE_POOL, Fault.BROKEN, 1000);

        Diagnostic problem = Stage.problem(() -> driver.drain(Stage.EU, List.of(origin.name())));

        assertThat(problem.code()).isEqualTo("cloudflare-trouble");
        assertThat(problem.summary()).contains("500", "change the origins of eu");
        assertThat(Stage.seen(driver, "one").draining()).isFalse();
        cloudflare.faults.none();
        driver.drain(Stage.EU, List.of(origin.name()));
        assertThat(Stage.seen(driver, "one").draining()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN", "DONE_BUT_BROKEN", "CUT", "DONE_BUT_CUT", "LIMITED"})
    void nothing_is_made_twice_when_the_answer_to_making_it_is_lost(Fault fault) throws InterruptedException {
        cloudflare.faults.plan("^POST .*/monitors$", fault, 1);
        cloudflare.faults.plan("^POST .*/pools$", fault, 2);
        cloudflare.faults.plan("^POST .*/load_balancers$", fault, 1);

        stage.prepared();

        assertThat(cloudflare.account.all(Kind.MONITOR)).hasSize(1);
        assertThat(cloudflare.account.all(Kind.POOL)).hasSize(3);
        assertThat(cloudflare.account.all(Kind.BALANCER)).hasSize(1);
    }

    @Test
    void an_origin_that_comes_back_and_is_never_healthy_leaves_users_where_they_are() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin old = stage.origin("old");
        TestOrigin fresh = stage.origin("fresh");
        stage.serve(driver, old, fresh);
        driver.drain(Stage.EU, List.of(old.name()));
        stage.await(() -> Stage.seen(driver, "old").inFlight() == 0);
        Pool before = driver.observe(Stage.EU);
        old.healthy(false);

        Diagnostic problem = Stage.problem(
                () -> driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(old, 100), Stage.at(fresh, 0)))));

        assertThat(problem.code()).isEqualTo("cloudflare-unhealthy");
        assertThat(problem.summary()).startsWith("eu: Cloudflare did not find old healthy within");
        assertThat(problem.detail()).contains("old at " + old.address(), "Response code mismatch error");
        assertThat(driver.observe(Stage.EU).origin(new ServerName("fresh")))
                .isEqualTo(before.origin(new ServerName("fresh")));
        assertThat(Stage.seen(driver, "old").draining()).isTrue();
        assertThat(cloudflare.notes)
                .anyMatch(note -> note.startsWith("eu: waiting until Cloudflare finds old healthy"));
    }

    @Test
    void one_of_two_that_come_back_carries_the_users_where_the_other_is_dead() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin one = stage.origin("one");
        TestOrigin dead = stage.origin("dead");
        TestOrigin fresh = stage.origin("fresh");
        stage.serve(driver, one, dead, fresh);
        driver.drain(Stage.EU, List.of(one.name(), dead.name()));
        dead.close();

        driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(one, 100), Stage.at(dead, 100), Stage.at(fresh, 0))));

        assertThat(Stage.seen(driver, "one").serving()).isTrue();
        assertThat(Stage.seen(driver, "fresh").weight()).isEqualTo(Weight.NONE);
        assertThat(cloudflare.notes).anyMatch(note -> note.contains("did not find dead healthy"));
    }

    @Test
    void a_pool_that_somebody_removed_is_said_to_be_missing() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        cloudflare
                .account
                .all(Kind.BALANCER)
                .forEach(one ->
                        cloudflare.account.remove(Kind.BALANCER, one.path("id").asString()));
        cloudflare
                .account
                .all(Kind.POOL)
                .forEach(one ->
                        cloudflare.account.remove(Kind.POOL, one.path("id").asString()));

        Diagnostic problem = Stage.problem(() -> driver.apply(Stage.target(stage.origin("one"))));

        assertThat(problem.code()).isEqualTo("cloudflare-no-pool");
        driver.prepare();
        driver.apply(Stage.target(stage.origin("one")));
    }

    @Test
    void two_releases_on_one_address_are_refused_with_what_cloudflare_wants() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        TestOrigin one = stage.origin("one");
        var other = new PoolTarget.OriginTarget(
                new ServerName("other"), one.address().replaceFirst(":.*", ":3001"), Weight.NONE);

        Diagnostic problem =
                Stage.problem(() -> driver.apply(new PoolTarget(Stage.EU, List.of(Stage.at(one, 100), other))));

        assertThat(problem.code()).isEqualTo("cloudflare-same-address");
    }
}
