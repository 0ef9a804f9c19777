package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import tools.jackson.databind.json.JsonMapper;

final class PoolHealthTest {
    private static final CloudflareOrigin ORIGIN = origin("192.0.2.4", true);

    @Test
    void most_places_decide() {
        PoolHealth health = read("""
                {"pop_health": {
                  "Amsterdam, NL": {"healthy": true, "origins": [{"192.0.2.4": {"healthy": true}}]},
                  "San Jose, CA": {"healthy": false, "origins":
                    [{"192.0.2.4": {"healthy": false, "failure_reason": "TCP connection failed"}}]},
                  "Singapore, SG": {"healthy": true, "origins":
                    [{"192.0.2.4": {"healthy": true, "failure_reason": "No failures"}}]}}}""");

        assertThat(health.of(ORIGIN)).isEqualTo(Health.HEALTHY);
        assertThat(health.reasons(ORIGIN)).isEqualTo("TCP connection failed");
    }

    @Test
    void as_many_against_as_for_is_unhealthy() {
        PoolHealth health = read("""
                {"pop_health": {
                  "A": {"origins": [{"192.0.2.4": {"healthy": true}}]},
                  "B": {"origins": [{"192.0.2.4": {"healthy": false}}]}}}""");

        assertThat(health.of(ORIGIN)).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void what_is_not_listed_is_unknown_and_what_is_disabled_counts_as_healthy() {
        PoolHealth health = read("{\"pop_health\": {\"A\": {\"origins\": []}}}");

        assertThat(health.of(ORIGIN)).isEqualTo(Health.UNKNOWN);
        assertThat(health.reasons(ORIGIN)).isEqualTo("not checked yet");
        assertThat(health.of(origin("192.0.2.4", false))).isEqualTo(Health.HEALTHY);
    }

    @Test
    void addresses_of_version_6_are_found_and_ones_of_others_are_not_taken_for_ours() {
        PoolHealth health = read("{\"pop_health\": {\"A\": {\"origins\": [{\"2001:db8::4\": {\"healthy\": true}}]}}}");

        assertThat(health.of(origin("2001:db8::4", true))).isEqualTo(Health.HEALTHY);
        assertThat(health.of(ORIGIN)).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void an_answer_without_places_says_nothing() {
        assertThat(read("{\"pop_health\": {\"healthy\": true}}").of(ORIGIN)).isEqualTo(Health.UNKNOWN);
        assertThat(read("{}").of(ORIGIN)).isEqualTo(Health.UNKNOWN);
    }

    private static PoolHealth read(String json) {
        return PoolHealth.of(JsonMapper.builder().build().readTree(json));
    }

    private static CloudflareOrigin origin(String host, boolean enabled) {
        return new CloudflareOrigin(new ServerName("a"), new OriginAddress(host, 3000), Weight.FULL, enabled, null);
    }
}
