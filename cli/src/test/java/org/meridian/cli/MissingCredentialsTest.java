package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.Configuration;
import org.meridian.config.ConfigurationLoader;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.terraform.CloudCredentials;

/** Credentials that are not there, found before anybody is asked. */
final class MissingCredentialsTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void every_missing_credential_of_every_provider_is_named_at_once() throws IOException {
        Configuration app = app();

        assertThatThrownBy(() -> with(Map.of()).require(app.app(), app.state()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
                    assertThat(failure.diagnostics())
                            .extracting(Diagnostic::summary)
                            .satisfiesExactly(
                                    aws -> assertThat(aws)
                                            .isEqualTo("there are no credentials for aws (for regions eu us,"
                                                    + " aws-secretsmanager:journal/production, state s3://deploys)"),
                                    digitalocean -> assertThat(digitalocean)
                                            .isEqualTo("there are no credentials for digitalocean (for region ap)"),
                                    cloudflare -> assertThat(cloudflare)
                                            .isEqualTo("the variable CLOUDFLARE_API_TOKEN is not set"),
                                    address -> assertThat(address).isEqualTo("VAULT_ADDR is not set"),
                                    token -> assertThat(token).startsWith("there is no token for Vault"));
                });
    }

    @Test
    void none_is_missing_where_all_are_set() throws IOException {
        Configuration app = app();

        assertThat(with(Map.of(
                                "AWS_PROFILE", "deploys",
                                "DIGITALOCEAN_TOKEN", "token",
                                "CLOUDFLARE_API_TOKEN", "token",
                                "VAULT_ADDR", "https://vault.example.com",
                                "VAULT_TOKEN", "token"))
                        .of(app.app(), app.state()))
                .isEmpty();
    }

    @Test
    void who_has_records_kept_at_cloudflare_needs_its_token_and_nobody_else_with_dns() throws IOException {
        assertThat(ofDns("")).isEmpty();
        assertThat(ofDns(", records: { provider: cloudflare }"))
                .extracting(Diagnostic::summary)
                .containsExactly("the variable CLOUDFLARE_API_TOKEN is not set");
    }

    private List<Diagnostic> ofDns(String records) throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: { web: { image: registry.example.com/journal, ports: ['3000'] } }");
        Path file = Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                image: registry.example.com/journal
                regions:
                  lab: { provider: hosts, location: DE, hosts: [ops@203.0.113.4] }
                serve: { service: web, port: 3000 }
                traffic: { driver: dns, hostname: journal.example.com%s }
                """.formatted(records));
        Configuration app = new ConfigurationLoader().load(file);
        return with(Map.of()).of(app.app(), app.state());
    }

    private MissingCredentials with(Map<String, String> environment) {
        return new MissingCredentials(
                environment, directory, new CloudCredentials(environment, directory, directory.resolve("vendor")));
    }

    private Configuration app() throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: { web: { image: registry.example.com/journal, ports: ['3000'] } }");
        Path file = Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                image: registry.example.com/journal
                primary: eu
                regions:
                  eu: { provider: aws, location: eu-west-1 }
                  us: { provider: aws, location: us-west-2 }
                  ap: { provider: digitalocean, location: sgp1, secrets: "vault:secret/journal" }
                serve: { service: web, port: 3000 }
                secrets: aws-secretsmanager:journal/production
                traffic: { driver: cloudflare, hostname: journal.example.com }
                state: s3://deploys
                """);
        return new ConfigurationLoader().load(file);
    }
}
