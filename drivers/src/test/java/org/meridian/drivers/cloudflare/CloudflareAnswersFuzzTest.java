package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever Cloudflare answers, it is read as far as it is what its API says, or is a failure with words. */
final class CloudflareAnswersFuzzTest {
    private static final int INPUTS = 2_000;
    private static final RegionName EU = new RegionName("eu");

    @Test
    void a_list_of_pools_changed_by_chance_has_pools() throws InterruptedException {
        var pools = new ForeignText("""
            { "success": true, "errors": [], "messages": [],
              "result_info": { "page": 1, "per_page": 1, "total_count": 2, "total_pages": 2 },
              "result": [ { "id": "p1", "name": "meridian-journal-eu", "origins": [
                { "name": "journal-eu-r1-1", "address": "192.0.2.7", "port": 80, "weight": 0.1, "enabled": false,
                  "disabled_at": "2026-01-01T00:00:00Z" } ] } ] }
            """, text -> {
            Reply reply = reply(200, text);
            assertThat(Listing.goesOn(reply, 1)).isIn(true, false);
            reply.result().forEach(json -> {
                CloudflarePool pool = CloudflarePool.of(json, EU, Instant.EPOCH);
                assertThat(pool.seen(PoolHealth.none(), Duration.ofSeconds(30))).isNotNull();
                assertThat(CloudflarePool.written(pool.origins())).isNotNull();
            });
        });
        assertThat(pools.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_pools_health_changed_by_chance_is_read() throws InterruptedException {
        var health = new ForeignText(
                """
            { "success": true, "result": { "pool_id": "p1", "pop_health": {
              "Amsterdam, NL": { "healthy": true, "origins": [
                { "192.0.2.7": { "healthy": true, "rtt": "12.1ms", "failure_reason": "No failures", "response_code": 200 } } ] } } } }
            """,
                text -> assertThat(PoolHealth.of(reply(200, text).result())).isNotNull());
        assertThat(health.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_refusal_changed_by_chance_says_what_is_wrong() throws InterruptedException {
        ApiFailures failures = new ApiFailures(Secret.of("the-token"));
        ApiRequest request = ApiRequest.get("/zones", "list the zones", Permission.ZONE_READ);
        var refusal = new ForeignText(
                "{ \"success\": false, \"errors\": [ { \"code\": 1002, \"message\": \"a length must be in range\" } ],"
                        + " \"result\": null }",
                text -> {
                    for (int status : new int[] {200, 400, 403, 404, 429, 503}) {
                        Failure failure = failures.of(request, reply(status, text));
                        assertThat(failure.diagnostic().summary()).isNotBlank().doesNotContain("\n");
                    }
                });
        assertThat(refusal.wrong(1, INPUTS)).isEmpty();
    }

    private static Reply reply(int status, String text) {
        return new Reply(status, Reply.json(text), Instant.EPOCH, Optional.empty(), "", true);
    }
}
