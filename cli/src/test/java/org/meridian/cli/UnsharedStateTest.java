package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.operation.DeployRequest;

final class UnsharedStateTest {
    private static final DeployRequest LATEST = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void local_state_for_servers_that_others_reach_is_warned_about_and_shared_state_or_a_local_world_is_not()
            throws IOException {
        String hosts = "  lab: { provider: hosts, location: DE, hosts: [ops@lab-1.example.com] }\n";
        String local = "  here: { provider: local, location: DE, servers: 1 }\n";

        assertThat(new YamlConfig().unsharedState(file("lab", hosts, ""))).hasValueSatisfying(problem -> {
            assertThat(problem.summary()).contains("lab", ".meridian");
            assertThat(problem.suggestion()).contains("state: s3://");
        });
        assertThat(new YamlConfig().unsharedState(file("lab", hosts, "state: s3://journal-deploys\n")))
                .isEmpty();
        assertThat(new YamlConfig().unsharedState(file("here", local, ""))).isEmpty();
    }

    @Test
    void a_shared_state_is_not_enough_where_what_opens_and_finds_the_servers_is_on_one_machine() throws IOException {
        String cloud = "  eu: { provider: aws, location: eu-west-1, servers: 1 }\n";
        String shared = "state: s3://journal-deploys\n";
        String backend = "terraform: { backend: { type: s3, bucket: states, region: eu-west-1 } }\n";
        String key = "ssh: { deploy_key: env:MERIDIAN_DEPLOY_KEY }\n";

        assertThat(new YamlConfig().unsharedState(file("eu", cloud, shared + key)))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("terraform-state-not-shared"));
        assertThat(new YamlConfig().unsharedState(file("eu", cloud, shared + backend)))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("deploy-key-not-shared"));
        assertThat(new YamlConfig().unsharedState(file("eu", cloud, shared + backend + key)))
                .isEmpty();
    }

    @Test
    void what_is_a_part_of_the_plan_is_not_said_before_it_too() throws IOException {
        Path file = file("lab", "  lab: { provider: hosts, location: DE, hosts: [ops@192.0.2.1] }\n", "");
        List<RolloutEvent> said = new ArrayList<>();

        try (Meridian meridian = Wiring.open(file, said::add)) {
            assertThat(meridian.warnings()).isNotEmpty();
            // So nobody is asked over the network; what is said before is said all the same.
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> meridian.plan(LATEST)).isNotNull();
        } finally {
            Thread.interrupted();
        }

        assertThat(said).isEmpty();
    }

    private Path file(String primary, String regions, String state) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  web:
                    image: registry.example.com/journal
                    ports: ["3000:3000"]
                """);
        return Files.writeString(
                directory.resolve("meridian.yml"),
                "app: journal\nimage: registry.example.com/journal\nprimary: " + primary + "\nregions:\n" + regions
                        + "serve: { service: web, port: 3000 }\n" + state);
    }
}
