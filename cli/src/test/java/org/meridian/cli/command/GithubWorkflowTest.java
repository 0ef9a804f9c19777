package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.ConfigurationLoader;
import org.meridian.core.model.App;

final class GithubWorkflowTest {
    private final Path directory;

    GithubWorkflowTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void the_steps_that_deploy_get_the_deploy_key_from_the_variable_that_the_configuration_names() throws IOException {
        GithubWorkflow workflow = workflow("aws", Optional.of("env:TEAM_KEY"));

        assertThat(workflow.text().split("TEAM_KEY: \\$\\{\\{ secrets.TEAM_KEY }}", -1))
                .as("deploy and roll back")
                .hasSize(3);
        assertThat(workflow.keyHint()).isEmpty();
    }

    @Test
    void without_a_deploy_key_clouds_get_one_and_a_word_on_how_to_configure_it() throws IOException {
        GithubWorkflow workflow = workflow("digitalocean", Optional.empty());

        assertThat(workflow.text()).contains("MERIDIAN_DEPLOY_KEY: ${{ secrets.MERIDIAN_DEPLOY_KEY }}");
        assertThat(workflow.keyHint().orElseThrow())
                .contains("ssh: { deploy_key: env:MERIDIAN_DEPLOY_KEY }", "docs/team.md");
    }

    @Test
    void a_key_in_a_store_of_secrets_needs_no_secret_of_the_repository() throws IOException {
        GithubWorkflow workflow = workflow("aws", Optional.of("vault:secret/journal/deploy"));

        assertThat(workflow.text()).doesNotContain("DEPLOY_KEY");
        assertThat(workflow.keyHint()).isEmpty();
    }

    @Test
    void machines_of_ones_own_are_opened_by_the_deploy_key_or_else_by_a_key_in_an_agent() throws IOException {
        assertThat(workflow("hosts", Optional.empty()).text()).contains("SSH_PRIVATE_KEY", "SSH_KNOWN_HOSTS");
        assertThat(workflow("hosts", Optional.of("env:TEAM_KEY")).text())
                .contains("TEAM_KEY")
                .doesNotContain("SSH_PRIVATE_KEY", "SSH_KNOWN_HOSTS");
    }

    private GithubWorkflow workflow(String provider, Optional<String> deployKey) throws IOException {
        String where = provider.equals("hosts")
                ? "hosts: [ops@lab], location: DE"
                : "location: " + (provider.equals("aws") ? "eu-west-1" : "fra1") + ", servers: 1";
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: { web: { image: registry.example.com/journal, ports: [\"3000:3000\"] } }\n");
        Path file = Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                compose: compose.yaml
                image: registry.example.com/journal
                primary: eu
                regions: { eu: { provider: %s, %s } }
                serve: { service: web, port: 3000 }
                """.formatted(provider, where));
        App app = new ConfigurationLoader().load(file).app();
        return new GithubWorkflow(app, "meridian.yml", "main", deployKey, "example/meridian@v1");
    }
}
