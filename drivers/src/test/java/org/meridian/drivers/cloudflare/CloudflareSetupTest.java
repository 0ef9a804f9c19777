package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.CloudflareSettings.Affinity;
import org.meridian.core.model.CloudflareSettings.Steering;
import org.meridian.core.model.Secret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What is made at Cloudflare, what is left alone there, and what doctor finds. */
final class CloudflareSetupTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Stage stage = new Stage();
    private final FakeCloudflare cloudflare = stage.cloudflare;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void the_primary_is_the_fallback_and_every_pool_is_checked_where_it_is() throws InterruptedException {
        stage.prepared();

        JsonNode balancer = only(Kind.BALANCER);
        assertThat(balancer.path("fallback_pool").asString())
                .isEqualTo(pool("eu").path("id").asString());
        assertThat(balancer.path("steering_policy").asString()).isEqualTo("proximity");
        assertThat(balancer.path("session_affinity").asString()).isEqualTo("none");
        assertThat(balancer.path("session_affinity_attributes")
                        .path("drain_duration")
                        .asInt())
                .isEqualTo(10);
        assertThat(pool("us").path("monitor").asString())
                .isEqualTo(only(Kind.MONITOR).path("id").asString());
        assertThat(pool("us").path("longitude").asDouble()).isBetween(-125.0, -115.0);
        assertThat(only(Kind.MONITOR)
                        .path("header")
                        .path("X-Forwarded-Proto")
                        .path(0)
                        .asString())
                .isEqualTo("https");
        assertThat(only(Kind.MONITOR).path("header").path("Host").path(0).asString())
                .isEqualTo(FakeCloudflare.HOSTNAME);
    }

    @Test
    void geo_steering_names_the_nearest_pool_first_and_then_the_primary() throws InterruptedException {
        stage.driver(stage.app(settings(Steering.GEO, Affinity.COOKIE), Optional.empty()))
                .prepare();

        JsonNode pools = only(Kind.BALANCER).path("region_pools");
        assertThat(pools.properties()).hasSize(13);
        assertThat(regions(pools.path("WNAM"))).containsExactly("us", "eu", "ap");
        assertThat(regions(pools.path("WEU"))).first().isEqualTo("eu");
        assertThat(regions(pools.path("OC"))).containsExactly("ap", "eu", "us");
    }

    @Test
    void a_change_of_steering_leaves_nothing_of_the_former_one() throws InterruptedException {
        stage.driver(stage.app(settings(Steering.GEO, Affinity.COOKIE), Optional.empty()))
                .prepare();

        stage.prepared();

        assertThat(only(Kind.BALANCER).path("region_pools").isEmpty()).isTrue();
        assertThat(only(Kind.BALANCER).path("steering_policy").asString()).isEqualTo("proximity");
    }

    @Test
    void sessions_by_the_apps_own_cookie_are_recognised_by_its_value() throws InterruptedException {
        stage.driver(stage.app(settings(Steering.PROXIMITY, Affinity.HEADER), Optional.of("_session")))
                .prepare();

        JsonNode balancer = only(Kind.BALANCER);
        assertThat(balancer.path("session_affinity").asString()).isEqualTo("header");
        assertThat(balancer.path("session_affinity_attributes")
                        .path("headers")
                        .path(0)
                        .asString())
                .isEqualTo("cookie:_session");
    }

    @Test
    void a_hostname_that_is_not_proxied_drains_until_resolvers_forget_too() throws InterruptedException {
        CloudflareSettings usual = FakeCloudflare.settings();
        CloudflareTraffic driver = stage.driver(stage.app(
                new CloudflareSettings(
                        usual.hostname(),
                        Optional.of("example.com"),
                        Optional.of(FakeAccount.ACCOUNT),
                        usual.steering(),
                        usual.affinity(),
                        false,
                        usual.checkEvery(),
                        usual.api()),
                Optional.empty()));
        driver.prepare();
        stage.serve(driver, stage.origin("one"), stage.origin("two"));
        driver.drain(Stage.EU, List.of(Stage.seen(driver, "one").server()));

        cloudflare.time.skip(Duration.ofSeconds(5));
        assertThat(Stage.seen(driver, "one").inFlight()).isEqualTo(1);
        cloudflare.time.skip(Duration.ofSeconds(40));
        assertThat(Stage.seen(driver, "one").inFlight()).isZero();
        assertThat(only(Kind.BALANCER).path("ttl").asInt()).isEqualTo(30);
    }

    @Test
    void preparing_again_changes_nothing() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        stage.serve(driver, stage.origin("one"));
        cloudflare.api.clearLog();

        driver.prepare();

        assertThat(cloudflare.api.log()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void what_was_changed_by_hand_is_put_right_and_nothing_else() throws InterruptedException {
        CloudflareTraffic driver = stage.prepared();
        cloudflare.account.byHand(
                Kind.BALANCER, only(Kind.BALANCER).path("id").asString(), "steering_policy", StringNode.valueOf("off"));
        cloudflare.account.byHand(
                Kind.BALANCER,
                only(Kind.BALANCER).path("id").asString(),
                "session_affinity_ttl",
                JSON.valueToTree(7200));
        cloudflare.api.clearLog();

        driver.prepare();

        assertThat(cloudflare.api.log().stream().filter(request -> !request.startsWith("GET ")))
                .singleElement()
                .asString()
                .endsWith("{\"steering_policy\":\"proximity\"}");
        assertThat(only(Kind.BALANCER).path("session_affinity_ttl").asInt()).isEqualTo(7200);
    }

    @Test
    void a_load_balancer_and_a_pool_of_somebody_else_are_left_alone() throws InterruptedException {
        ObjectNode theirs = JSON.createObjectNode().put("name", "meridian-journal-us");
        theirs.putArray("origins").addObject().put("name", "x").put("address", "192.0.2.9");
        String id = cloudflare.account.make(Kind.POOL, theirs).path("id").asString();
        CloudflareTraffic driver = stage.driver();

        Diagnostic problem = Stage.problem(driver::prepare);

        assertThat(problem.code()).isEqualTo("cloudflare-not-ours");
        assertThat(problem.suggestion()).contains("'Meridian: app journal, region us'");
        assertThat(driver.observe()).noneMatch(pool -> pool.region().equals(Stage.US));
        driver.destroyAll();
        assertThat(cloudflare.account.has(Kind.POOL, id)).isTrue();
    }

    @Test
    void a_list_of_many_pages_is_read_to_its_end() throws InterruptedException {
        for (int i = 0; i < 45; i++) {
            ObjectNode theirs = JSON.createObjectNode().put("name", "theirs-" + i);
            theirs.putArray("origins").addObject().put("name", "x").put("address", "192.0.2.9");
            cloudflare.account.make(Kind.POOL, theirs);
        }
        CloudflareTraffic driver = stage.prepared();

        driver.prepare();

        assertThat(driver.observe()).hasSize(3);
        assertThat(cloudflare.account.all(Kind.POOL)).hasSize(48);
        assertThat(cloudflare.api.log()).anyMatch(request -> request.endsWith("/pools?page=3&per_page=20"));
        driver.destroyAll();
        assertThat(cloudflare.account.all(Kind.POOL)).hasSize(45);
    }

    @Test
    void the_active_zone_is_taken_and_others_of_its_name_are_said() throws InterruptedException {
        cloudflare.api.zones.addFirst(zone("1", "moved", "2", "The former owner"));

        stage.prepared();

        assertThat(cloudflare.account.all(Kind.BALANCER)).hasSize(1);
        assertThat(cloudflare.notes)
                .contains(
                        "takes the zone example.com (active, in the account A team) at Cloudflare, and found example.com"
                                + " (moved, in the account The former owner) too");
        assertThat(look().remarks()).extracting(Diagnostic::code).contains("cloudflare-zones");
    }

    @Test
    void a_zone_that_is_not_active_is_named_with_its_status() throws InterruptedException {
        cloudflare.api.zones.clear();
        cloudflare.api.zones.add(zone("1", "pending", "2", "A team"));

        Diagnostic problem = Stage.problem(stage.driver()::prepare);

        assertThat(problem.code()).isEqualTo("cloudflare-zone-inactive");
        assertThat(problem.summary()).endsWith("only example.com (pending, in the account A team)");
        assertThat(cloudflare.account.all(Kind.POOL)).isEmpty();
    }

    @Test
    void of_two_active_zones_none_is_guessed() throws InterruptedException {
        cloudflare.api.zones.addFirst(zone("1", "active", "2", "Another team"));

        Diagnostic problem = Stage.problem(stage.driver()::prepare);

        assertThat(problem.summary()).contains("several active zones", "A team", "Another team");
        assertThat(problem.suggestion()).contains("traffic.account");
    }

    private static ObjectNode zone(String id, String status, String account, String accountName) {
        return FakeApi.zone(id.repeat(32), FakeAccount.ZONE_NAME, status, account.repeat(32), accountName);
    }

    @Test
    void two_apps_in_an_account_do_not_see_each_other() throws InterruptedException {
        stage.prepared();
        App other = stage.app(new AppName("journal-two"), new CloudflareSettings("two.example.com"), Optional.empty());
        CloudflareTraffic second = stage.driver(other);
        second.prepare();

        second.destroyAll();

        assertThat(cloudflare.account.all(Kind.POOL)).hasSize(3);
        assertThat(only(Kind.BALANCER).path("name").asString()).isEqualTo(FakeCloudflare.HOSTNAME);
        assertThat(stage.driver().observe()).hasSize(3);
    }

    @Test
    void health_within_covers_as_many_checks_as_a_server_needs() {
        assertThat(stage.driver().healthWithin()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    @Test
    void a_token_that_may_do_all_is_well_and_looking_changes_nothing() throws InterruptedException {
        assertThat(look()).isEqualTo(new CloudflareAccess.Found(List.of(), List.of()));

        assertThat(cloudflare.account.all(Kind.BALANCER)).isEmpty();
        stage.prepared();
        assertThat(look()).isEqualTo(new CloudflareAccess.Found(List.of(), List.of()));
    }

    @Test
    void a_token_that_belongs_to_the_account_is_verified_there() throws InterruptedException {
        cloudflare.api.ofAccount = true;
        assertThat(look()).isEqualTo(new CloudflareAccess.Found(List.of(), List.of()));

        cloudflare.api.tokenStatus = "expired";
        assertThat(look().problems())
                .singleElement()
                .extracting(Diagnostic::summary)
                .isEqualTo("the token in CLOUDFLARE_API_TOKEN is expired");

        cloudflare.api.tokenStatus = "active";
        cloudflare.api.allowed.remove(Permission.MONITORS_AND_POOLS);
        assertThat(look().problems())
                .singleElement()
                .extracting(Diagnostic::summary)
                .asString()
                .contains("lacks '" + Permission.MONITORS_AND_POOLS.words() + "'");
    }

    @Test
    void all_permissions_that_are_missing_are_named_at_once() throws InterruptedException {
        cloudflare.api.allowed.remove(Permission.DNS_READ);
        cloudflare.api.readOnly = true;

        CloudflareAccess.Found found = look();

        assertThat(found.problems())
                .singleElement()
                .extracting(Diagnostic::summary)
                .asString()
                .contains(
                        Permission.LOAD_BALANCERS.words(),
                        Permission.MONITORS_AND_POOLS.words(),
                        Permission.DNS_READ.words());
    }

    @Test
    void a_token_that_is_disabled_or_unknown_is_found() throws InterruptedException {
        cloudflare.api.tokenStatus = "disabled";
        assertThat(look().problems())
                .singleElement()
                .extracting(Diagnostic::summary)
                .asString()
                .endsWith("is disabled");
        try (var access = access(cloudflare.client("unknown"))) {
            assertThat(access.look().problems()).extracting(Diagnostic::code).containsExactly("cloudflare-token");
        }
    }

    @Test
    void a_record_of_the_hostname_and_one_that_is_not_proxied_are_remarked() throws InterruptedException {
        cloudflare.api.records.add(record());
        assertThat(look().remarks())
                .singleElement()
                .extracting(Diagnostic::summary)
                .isEqualTo("journal.example.com has a A record (DNS only)");

        stage.prepared();
        cloudflare.account.byHand(
                Kind.BALANCER, only(Kind.BALANCER).path("id").asString(), "proxied", JSON.valueToTree(false));
        assertThat(look().remarks()).extracting(Diagnostic::code).containsExactly("cloudflare-proxied");
    }

    @Test
    void an_address_where_nobody_answers_is_a_problem_in_a_few_seconds() throws InterruptedException {
        var nobody = new CloudflareApi(
                URI.create("http://127.0.0.1:9"),
                Secret.of(FakeApi.TOKEN),
                Patience.SHORT,
                cloudflare.time,
                note -> {});
        try (var access = access(nobody)) {
            assertThat(access.look().problems()).extracting(Diagnostic::code).containsExactly("cloudflare-unreachable");
        }
    }

    private CloudflareAccess.Found look() throws InterruptedException {
        try (var access = access(cloudflare.client(FakeApi.TOKEN))) {
            return access.look();
        }
    }

    private CloudflareAccess access(CloudflareApi api) {
        return new CloudflareAccess(stage.app(), api, cloudflare.time);
    }

    private static ObjectNode record() {
        ObjectNode record = JSON.createObjectNode();
        record.put("id", "372e67954025e0ba6aaa6d586b9e0b59");
        record.put("created_on", Instant.EPOCH.toString());
        record.put("modified_on", Instant.EPOCH.toString());
        record.put("name", FakeCloudflare.HOSTNAME).put("type", "A").put("content", "192.0.2.7");
        record.put("proxied", false).put("proxiable", true).put("ttl", 300);
        record.putObject("meta");
        return record;
    }

    private static CloudflareSettings settings(Steering steering, Affinity affinity) {
        CloudflareSettings usual = FakeCloudflare.settings();
        return new CloudflareSettings(
                usual.hostname(),
                usual.zone(),
                usual.account(),
                steering,
                affinity,
                true,
                usual.checkEvery(),
                usual.api());
    }

    private ObjectNode only(Kind kind) {
        List<ObjectNode> all = cloudflare.account.all(kind);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private ObjectNode pool(String region) {
        return cloudflare.account.all(Kind.POOL).stream()
                .filter(pool -> pool.path("name").asString().equals("meridian-journal-" + region))
                .findFirst()
                .orElseThrow();
    }

    private List<String> regions(JsonNode ids) {
        return ids.valueStream()
                .map(id -> cloudflare
                        .account
                        .get(Kind.POOL, id.asString())
                        .path("name")
                        .asString())
                .map(name -> name.replace("meridian-journal-", ""))
                .toList();
    }
}
