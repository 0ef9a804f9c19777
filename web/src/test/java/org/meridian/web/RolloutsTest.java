package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meridian.core.spi.StateStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RolloutsTest {
    @Test
    void a_rollback_by_button_is_carried_out_and_watched_to_its_receipt() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            var unused = stage.simulation.deploy(2);
            Client client = stage.client(Stage.OPERATOR);
            JsonNode plan = client.json("/api/plan/rollback");
            assertThat(plan.path("summary").asString()).isEqualTo("Roll back from r2 to r1 (journal)");
            assertThat(plan.path("lines").toString()).contains("only traffic moves");

            Set<String> kinds = new TreeSet<>();
            JsonNode[] begun = new JsonNode[1];
            client.event("/api/events", first -> begun[0] = rollBack(client), event -> {
                if (event.name().equals("rollout")) {
                    kinds.add(event.data().path("kind").asString());
                }
                return event.data().path("kind").asString("").equals("finished");
            });

            assertThat(kinds).contains("started", "act", "phase", "shifted", "finished");
            int number = begun[0].path("rollout").asInt();
            assertThat(number).isEqualTo(3);
            JsonNode whole = client.json("/api/rollouts/" + number);
            assertThat(whole.at("/rollout/kind").asString()).isEqualTo("rollback");
            assertThat(whole.at("/rollout/outcome").asString()).isEqualTo("done");
            assertThat(whole.at("/rollout/endedAt").isString()).isTrue();
            assertThat(whole.at("/receipt/outcome").asString()).isEqualTo("rolled-back");
            assertThat(whole.path("waves").toString()).isEqualTo("[[\"us\",\"ap\"],[\"eu\"]]");
            assertThat(whole.at("/receipt/probe/failed").asInt()).isZero();
            assertThat(whole.path("journal"))
                    .isNotEmpty()
                    .allSatisfy(act -> assertThat(act.path("state").asString()).isEqualTo("done"));
            assertThat(whole.path("phases").toString()).contains("\"shift\"").doesNotContain("revert");
            assertThat(client.json("/api/world").path("release").asString()).isEqualTo("r1");
            assertThat(stage.actions()).contains("rollback");
        }
    }

    private static JsonNode rollBack(Client client) {
        try {
            HttpResponse<String> response = client.post("/api/rollback", "{\"to\":null}");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            return JsonMapper.builder().build().readTree(response.body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_deploy_of_another_process_is_told_from_its_journal_with_phases() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            Client client = stage.client(Stage.VIEWER);

            JsonNode finished = client.event(
                            "/api/events",
                            first -> deploy(stage),
                            event -> event.data().path("kind").asString("").equals("finished"))
                    .data();

            assertThat(finished.path("rollout").asInt()).isEqualTo(2);
            assertThat(finished.path("summary").asString()).isEqualTo("deploy to r2 from r1: done");
            JsonNode whole = client.json("/api/rollouts/2");
            assertThat(whole.at("/receipt/release").asString()).isEqualTo("r2");
            assertThat(phases(whole, "us")).containsExactly("prepare", "shift", "drain", "bake");
            assertThat(phases(whole, "eu"))
                    .startsWith("prepare", "before-shift")
                    .contains("shift", "bake");
            JsonNode list = client.json("/api/rollouts");
            assertThat(list).hasSize(2);
            assertThat(list.at("/0/number").asInt()).isEqualTo(2);
            JsonNode releases = client.json("/api/releases");
            assertThat(releases.at("/0/id").asString()).isEqualTo("r2");
            assertThat(releases.at("/0/serving").asBoolean()).isTrue();
            assertThat(releases.at("/1/kept").asBoolean()).isTrue();
        }
    }

    private static List<String> phases(JsonNode whole, String region) {
        return whole.path("phases")
                .valueStream()
                .filter(phase -> phase.path("region").asString().equals(region))
                .map(phase -> phase.path("phase").asString())
                .toList();
    }

    private static void deploy(Stage stage) {
        try {
            var unused = stage.simulation.deploy(2);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_rollback_while_somebody_else_has_the_lock_is_refused_with_who_it_is() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            var unused = stage.simulation.deploy(2);
            var holder = new StateStore.Holder(
                    "carol@ci", "deploy", stage.workspace.world().time().now());
            try (StateStore.Lock lock = stage.workspace.state().lock(holder)) {
                HttpResponse<String> response = stage.client(Stage.OPERATOR).post("/api/rollback", "{}");

                assertThat(response.statusCode()).isEqualTo(409);
                assertThat(response.body()).contains("carol@ci");
                assertThat(lock.token()).isPositive();
            }
        }
    }

    @Test
    void what_cannot_be_rolled_back_or_answered_is_said_so() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            Client client = stage.client(Stage.OPERATOR);

            assertThat(client.post("/api/rollback", "{}").body()).contains("nothing-before");
            assertThat(client.post("/api/rollback", "{\"to\":\"r7\"}").body()).contains("there is no release r7");
            assertThat(client.post("/api/answer", "{\"rollout\":1,\"verdict\":\"promote\"}")
                            .body())
                    .contains("nothing-under-way");
            assertThat(client.post("/api/answer", "{\"rollout\":1,\"verdict\":\"perhaps\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(client.get("/api/plan/rollback").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void names_of_secrets_are_told_and_no_value() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            JsonNode secrets = stage.client(Stage.VIEWER).json("/api/secrets");

            assertThat(secrets.at("/regions/0/secrets/0/name").asString()).isNotEmpty();
            assertThat(secrets.at("/regions/0/secrets/0/source").asString()).isNotEmpty();
            assertThat(secrets.toString()).doesNotContain("value");
        }
    }

    @Test
    void figures_are_told_in_the_format_of_prometheus() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            HttpResponse<String> response = stage.client(Stage.VIEWER).get("/metrics");

            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/plain; version=0.0.4");
            assertThat(response.body())
                    .contains("# TYPE meridian_origin_requests_total counter")
                    .contains("# TYPE meridian_origin_latency_seconds histogram")
                    .containsPattern(
                            "meridian_origin_latency_seconds_bucket\\{region=\"eu\",release=\"r1\",server=\"journal-eu-r1-1\",le=\"0.1\"\\} [0-9]")
                    .contains("meridian_region_available{region=\"eu\"} 2.0")
                    .contains("meridian_release_share{region=\"us\",release=\"r1\"} 1.0")
                    .contains("meridian_lock_held 0.0")
                    .contains("meridian_world_seen 1.0");
        }
    }
}
