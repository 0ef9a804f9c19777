package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.testkit.fuzz.ForeignText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever stands in Terraform's state or comes from a run is understood, or refused in the two ways that the fleet knows. */
final class TerraformAnswersFuzzTest {
    private static final int INPUTS = 3_000;

    @Test
    void a_state_changed_by_chance_has_servers_or_is_refused() throws InterruptedException {
        var state = new ForeignText("""
            {
              "version": 4,
              "outputs": {
                "asked": { "value": { "provider": "aws", "location": "eu-west-1", "servers": {
                  "shop-eu-r3-1": { "size": "t3.small", "port": 80, "generation": "ab", "host_key": "ssh-ed25519 AAAA",
                    "tags": { "meridian-release": "r3", "meridian-revision": "ab",
                      "meridian-store": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "meridian-store-maker": "me" } } } } },
                "servers": { "value": { "shop-eu-r3-1": { "public_ip": "192.0.2.1", "private_ip": "10.0.0.1",
                  "state": "running" } } }
              },
              "resources": [ { "mode": "managed", "instances": [ { "index_key": "shop-eu-r3-2" } ] } ]
            }
            """, TerraformAnswersFuzzTest::state);
        assertThat(state.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_run_that_tells_anything_has_a_report() throws InterruptedException {
        var run = new ForeignText("""
            {"type":"diagnostic","diagnostic":{"severity":"error","summary":"a","detail":"b","address":"c"}}
            {"type":"planned_change","change":{"action":"create","resource":{"addr":"a","resource_key":"b"}}}
            {"type":"change_summary","changes":{"operation":"plan","add":1,"change":2,"remove":3}}
            Error: no JSON
            """, text -> {
            RunReport report = new RunReport();
            text.lines().forEach(report::line);
            Optional<String> words = report.planned().map(RunReport.Summary::words);
            assertThat(words).isNotNull();
        });
        assertThat(run.wrong(1, INPUTS)).isEmpty();
    }

    /** As {@link RegionMachines} reads it, whose failure needs a directory. */
    private static void state(String text) {
        try {
            JsonNode json = JsonMapper.shared().readTree(text);
            if (RegionState.readable(json)) {
                RegionState state = new RegionState(new AppName("shop"), new RegionName("eu"), json);
                state.check();
                assertThat(state.machines()).isNotNull();
                assertThat(state.provider()).isNotNull();
                assertThat(state.location()).isNotNull();
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw Failure.of(Diagnostic.of("terraform-state", "the state can't be read", "Look at it."), e);
        }
    }
}
