package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A fifth of the users first, judged by what the edge counts: a bad release goes back on its own, a good one goes on. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryWorldTest {
    private static final Duration SOAK = Duration.ofSeconds(9);

    private LocalWorld world;
    private String next = "";
    private String before = "";

    @BeforeAll
    void deployTheFirstRelease() throws Exception {
        world = LocalWorld.create("canary");
        world.rollout("{ watch: 3s, drain: 5s, keep_previous: 10m, canary: { weights: [20, 100], soak: 9s,"
                + " soak_at_most: 18s, max_error_rate: 1%, min_requests: 30, too_few: promote } }");
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
    }

    @BeforeEach
    void settle() {
        next = world.settle();
        before = world.release();
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
    }

    @Test
    void aReleaseThatFailsATenthOfItsRequestsIsRolledBackWithinTwoSoaks() throws Exception {
        try (Users users = Users.of(world.address());
                Running deploy = world.start("deploy", "--tag", "tenth", "--yes", "--json")) {
            JsonNode shifted =
                    deploy.event("shifted", e -> e.path("region").asString("").equals("us"));
            assertThat(shifted.path("weight").asInt()).isEqualTo(20);
            JsonNode judged = deploy.event("judged", e -> true);
            JsonNode reverting = deploy.event("reverting", e -> true);
            LocalWorld.Receipt receipt = world.receipt(deploy.end());

            assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
            assertThat(receipt.outcome()).isEqualTo("rolled-back");
            assertThat(judged.path("decision").asString(""))
                    .as(receipt.everything())
                    .isEqualTo("bad");
            assertThat(judged.path("fresh").path("requests").asLong())
                    .as(receipt.everything())
                    .isPositive();
            assertThat(Duration.between(at(shifted), at(reverting)))
                    .as(receipt.everything())
                    .isLessThan(SOAK.multipliedBy(2));
            assertThat(deploy.count(
                            "shifted", e -> e.path("region").asString("").equals("eu")))
                    .isZero();
            world.requireOnly(before);
            // A fifth of one region's users met the bad release, and a tenth of those an error.
            assertThat(users.failures().size()).isLessThan(users.sent() / 20);
        }
    }

    @Test
    void aGoodReleaseIsPromotedAndItsShareIsReal() throws Exception {
        try (Users users = Users.of(world.address());
                Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.event("shifted", e -> e.path("region").asString("").equals("us"));
            String fresh = deploy.release();

            int answered = Users.answeredBy(world.address(), "US", 200, "/" + fresh);

            assertThat(answered).as("of 200 requests, at a weight of 20 %").isBetween(30, 50);
            LocalWorld.Receipt receipt = world.receipt(deploy.end());
            assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
            assertThat(receipt.outcome()).isEqualTo("deployed");
            assertThat(deploy.count(
                            "judged",
                            e -> !e.path("decision").asString("").equals("bad")
                                    && e.path("fresh").path("requests").asLong() > 0))
                    .as(receipt.everything())
                    .isGreaterThanOrEqualTo(2);
            world.requireServing(fresh);
            assertThat(users.failures()).as(receipt.everything()).isEmpty();
        }
    }

    private static Instant at(JsonNode event) {
        return Instant.parse(event.path("at").asString(""));
    }
}
