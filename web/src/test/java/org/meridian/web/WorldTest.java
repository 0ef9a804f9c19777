package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.ServerName;
import org.meridian.testkit.simulation.SimulatedApps;
import tools.jackson.databind.JsonNode;

final class WorldTest {
    @Test
    void the_world_is_told_with_regions_servers_traffic_and_what_servers_use() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            Client client = stage.client(Stage.OPERATOR);

            JsonNode world = client.event(
                            "/api/events",
                            event -> event.name().equals("world")
                                    && event.data()
                                            .at("/regions/0/servers/0/usage/cpuPercent")
                                            .isNumber()
                                    && event.data()
                                                    .at("/regions/0/traffic/requestsPerSecond")
                                                    .asDouble()
                                            > 1
                                    && event.data().at("/regions/0/probe/ok").asBoolean())
                    .data();

            assertThat(world.path("app").asString()).isEqualTo("journal");
            assertThat(world.path("release").asString()).isEqualTo("r1");
            assertThat(world.path("regions")).hasSize(3);
            JsonNode eu = world.at("/regions/0");
            assertThat(eu.path("name").asString()).isEqualTo("eu");
            assertThat(eu.path("primary").asBoolean()).isTrue();
            assertThat(eu.path("health").asString()).isEqualTo("healthy");
            assertThat(eu.path("available").asInt()).isEqualTo(2);
            assertThat(eu.path("wanted").asInt()).isEqualTo(2);
            assertThat(eu.path("latitude").isNumber()).isTrue();
            assertThat(eu.at("/traffic/requestsPerSecond").asDouble()).isBetween(10.0, 60.0);
            assertThat(eu.at("/traffic/p95").asDouble()).isBetween(1.0, 100.0);
            assertThat(eu.at("/weights/0/release").asString()).isEqualTo("r1");
            assertThat(eu.at("/weights/0/percent").asInt()).isEqualTo(100);
            assertThat(eu.at("/servers/0/containers")).hasSize(2);
            assertThat(eu.at("/servers/0/containers/0/processes/0/command").asString())
                    .isEqualTo("<b>puma</b>");
        }
    }

    @Test
    void a_region_that_is_cut_off_is_shown_so_with_where_its_users_are() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            JsonNode world = stage.client(Stage.OPERATOR)
                    .event(
                            "/api/events",
                            first -> cut(stage),
                            event -> event.name().equals("world")
                                    && event.data()
                                            .at("/regions/1/health")
                                            .asString()
                                            .equals("down"))
                    .data();

            assertThat(world.at("/regions/1/name").asString()).isEqualTo("us");
            assertThat(world.at("/regions/1/fallback").asString()).isEqualTo("eu");
            assertThat(world.at("/regions/1/available").asInt()).isZero();
            assertThat(world.at("/regions/0/fallback").isNull()).isTrue();
        }
    }

    @Test
    void a_machine_out_of_reach_is_told_beside_what_is_there() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            JsonNode world = stage.client(Stage.OPERATOR)
                    .event(
                            "/api/events",
                            first -> hide(stage),
                            event -> event.name().equals("world")
                                    && !event.data().path("unseen").isEmpty())
                    .data();

            assertThat(world.at("/unseen/0/region").asString()).isEqualTo("us");
            assertThat(world.at("/unseen/0/summary").asString()).isEqualTo("no SSH connection to machine 1");
            assertThat(world.at("/problem").isNull()).isTrue();
            assertThat(world.at("/regions/1/servers")).as("those that are seen").hasSize(1);
            assertThat(stage.client(Stage.VIEWER).get("/metrics").body()).contains("meridian_machines_unseen 1.0");
        }
    }

    private static void hide(Stage stage) {
        try {
            boolean ignored = stage.simulation.in(() -> {
                stage.simulation.world().hide(SimulatedApps.US, 1);
                return true;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void cut(Stage stage) {
        try {
            boolean ignored = stage.simulation.in(() -> {
                stage.simulation.world().cut(SimulatedApps.US, Duration.ofMillis(1));
                return true;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_server_that_does_not_say_what_it_uses_is_shown_with_the_reason() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            ServerName server = new ServerName("journal-eu-r1-1");
            stage.access.broken.add(server);

            JsonNode world = stage.client(Stage.VIEWER)
                    .event("/api/events", event -> event.data()
                            .at("/regions/0/servers/0/usageProblem")
                            .isString())
                    .data();

            assertThat(world.at("/regions/0/servers/0/name").asString()).isEqualTo(server.value());
            assertThat(world.at("/regions/0/servers/0/usageProblem").asString()).contains("does not answer");
            assertThat(world.at("/regions/0/servers/0/usage").isNull()).isTrue();
        }
    }

    @Test
    void each_region_is_probed_while_somebody_listens() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            JsonNode probe = stage.client(Stage.VIEWER)
                    .event(
                            "/api/events",
                            event -> event.name().equals("probe")
                                    && event.data().path("region").asString().equals("ap"))
                    .data();

            assertThat(probe.path("ok").asBoolean()).isTrue();
            assertThat(probe.path("ms").asInt()).isEqualTo(3);
        }
    }

    @Test
    void a_world_without_servers_is_told_too() throws Exception {
        try (Stage stage = Stage.empty()) {
            JsonNode world = stage.client(Stage.VIEWER).json("/api/world");

            assertThat(world.path("release").isNull()).isTrue();
            assertThat(world.at("/regions/0/health").asString()).isEqualTo("empty");
            assertThat(world.at("/regions/0/servers")).isEmpty();
        }
    }

    @Test
    void while_nobody_looks_nothing_is_asked_of_the_world() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            // Longer than several looks would take.
            stage.workspace.world().time().sleep(Duration.ofSeconds(10));

            assertThat(stage.access.asked).hasValue(0);
        }
    }
}
