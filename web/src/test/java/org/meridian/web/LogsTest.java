package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.ServerName;
import tools.jackson.databind.JsonNode;

final class LogsTest {
    private static final ServerName EU = new ServerName("journal-eu-r1-1");
    private static final ServerName US = new ServerName("journal-us-r1-2");

    @Test
    void lines_of_all_servers_arrive_with_where_they_are_from() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            stage.access.write(EU, "hello from europe");
            stage.access.write(US, "hello from america");

            JsonNode line = stage.client(Stage.VIEWER)
                    .event(
                            "/api/logs",
                            event -> event.data().path("text").asString().contains("america"))
                    .data();

            assertThat(line.path("server").asString()).isEqualTo(US.value());
            assertThat(line.path("region").asString()).isEqualTo("us");
            assertThat(line.path("service").asString()).isEqualTo("web");
            assertThat(line.path("release").asString()).isEqualTo("r1");
        }
    }

    @Test
    void only_what_is_asked_for_arrives() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            stage.access.write(US, "an ERROR elsewhere");
            stage.access.write(EU, "all is well");
            stage.access.write(EU, "an Error here");

            JsonNode line = stage.client(Stage.VIEWER)
                    .event("/api/logs?region=eu&grep=error", event -> event.name()
                            .equals("line"))
                    .data();

            assertThat(line.path("text").asString()).isEqualTo("an Error here");
        }
    }

    @Test
    void a_line_with_script_in_it_arrives_as_text_of_an_event_stream() throws Exception {
        String script = "<script>alert(1)</script>\"\r\n\ndata: {}\u001B[31m\u2028";
        try (Stage stage = Stage.withFirstRelease()) {
            stage.access.write(EU, script);
            Client client = stage.client(Stage.VIEWER);

            JsonNode line = client.event(
                            "/api/logs?server=" + EU, event -> event.name().equals("line"))
                    .data();

            assertThat(line.path("text").asString())
                    .as("the same text, and one event")
                    .isEqualTo(script);
            HttpResponse<InputStream> response = client.http.send(
                    HttpRequest.newBuilder(stage.address().resolve("/api/logs"))
                            .header("Authorization", "Bearer " + Stage.VIEWER)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .isEqualToIgnoringCase("text/event-stream;charset=utf-8");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            response.body().close();
        }
    }

    @Test
    void a_connection_that_is_lost_is_told_and_made_again() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            stage.access.write(EU, "LOST");
            stage.access.write(EU, "afterwards");

            Client client = stage.client(Stage.VIEWER);
            JsonNode[] lost = new JsonNode[1];
            JsonNode line = client.event("/api/logs", event -> {
                        if (event.name().equals("lost")) {
                            lost[0] = event.data();
                        }
                        return event.data().path("text").asString("").equals("afterwards");
                    })
                    .data();

            assertThat(line.path("server").asString()).isEqualTo(EU.value());
            assertThat(lost[0].path("server").asString()).isEqualTo(EU.value());
            assertThat(lost[0].path("detail").asString()).isNotEmpty();
        }
    }

    @Test
    void where_servers_cannot_be_looked_into_that_is_said() throws Exception {
        try (Stage stage = Stage.withoutAccess()) {
            HttpResponse<String> response = stage.client(Stage.OPERATOR).get("/api/logs");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("access-missing");
        }
    }
}
