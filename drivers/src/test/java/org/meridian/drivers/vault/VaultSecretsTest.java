package org.meridian.drivers.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.SecretStore.Wanted;
import org.meridian.testkit.SecretStoreContract;
import tools.jackson.databind.json.JsonMapper;

final class VaultSecretsTest extends SecretStoreContract {
    private static final String JOURNAL = "secret/journal/eu";

    private final Path home;
    private final FakeVault vault = new FakeVault();
    private final Map<String, String> environment = new HashMap<>();
    private Duration limit = Duration.ofSeconds(8);

    VaultSecretsTest(@TempDir Path home) throws IOException {
        this.home = home;
        environment.put("VAULT_ADDR", vault.address() + "/");
        environment.put("VAULT_TOKEN", FakeVault.TOKEN);
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Override
    protected SecretStore store() {
        return new VaultSecrets(environment, home, limit);
    }

    @Override
    protected String put(Map<String, String> values) {
        return json(JsonMapper.shared().writeValueAsString(values));
    }

    @Override
    protected String putNonsense() {
        return json("{\"A\": {\"B\": \"" + VALUE + "\"}}");
    }

    @Override
    protected String missing() {
        return "secret/none";
    }

    @Override
    protected String unknownVersion() {
        return "99";
    }

    private String json(String json) {
        vault.put("journal/eu", json);
        return JOURNAL;
    }

    @Test
    void numbers_are_what_they_were_written_as() throws InterruptedException {
        assertThat(values(json("{\"PORT\": 5432, \"RATIO\": 1.10, \"ON\": true}")))
                .isEqualTo(Map.of("PORT", "5432", "RATIO", "1.10", "ON", "true"));
    }

    @Test
    void a_version_in_the_reference_is_the_one_that_is_read() throws InterruptedException {
        json("{\"A\": \"1\"}");
        json("{\"A\": \"2\"}");

        assertThat(values(JOURNAL + "@1")).isEqualTo(Map.of("A", "1"));
        assertThat(today(JOURNAL).version()).isEqualTo("2");
    }

    @Test
    void a_version_that_was_deleted_is_told_as_such() {
        json("{\"A\": \"1\"}");
        vault.delete("journal/eu", 1);

        assertThat(failure(JOURNAL, Optional.of("1")))
                .hasMessage("version 1 of vault:secret/journal/eu was deleted")
                .satisfies(e -> assertThat(e.diagnostic().code()).isEqualTo(SecretStore.NO_SUCH_VERSION));
        assertThat(failure(JOURNAL, Optional.empty()))
                .hasMessage("the newest version of vault:secret/journal/eu was deleted");
    }

    @Test
    void the_token_may_be_where_vaults_own_client_leaves_it() throws IOException, InterruptedException {
        environment.remove("VAULT_TOKEN");
        Files.writeString(home.resolve(".vault-token"), FakeVault.TOKEN + "\n");

        assertThat(values(json("{\"A\": \"1\"}"))).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void a_namespace_is_sent() throws InterruptedException {
        vault.in("team");
        environment.put("VAULT_NAMESPACE", "team");

        assertThat(values(json("{\"A\": \"1\"}"))).isEqualTo(Map.of("A", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VAULT_TOKEN||USAGE|there is no token for Vault|vault login",
                "VAULT_TOKEN|hvs.other|FAILED|you may not read vault:secret/journal/eu|vault token lookup",
                "VAULT_ADDR||USAGE|VAULT_ADDR is not set|https://",
                "VAULT_ADDR|vault.example.com|USAGE|VAULT_ADDR is not an https://|this machine only",
                "VAULT_ADDR|http://vault.example.com:8200|USAGE|VAULT_ADDR is not an https://|this machine only",
                "VAULT_ADDR|https://u:hunter2@127.0.0.1|USAGE|VAULT_ADDR is not an https://|Correct it",
                "VAULT_ADDR|http://127.0.0.1:1|NO_ANSWER|Vault at http://127.0.0.1:1 can't be reached|VAULT_ADDR"
            })
    void what_is_not_set_right_is_told(
            String variable, @Nullable String value, Failure.Kind kind, String summary, String suggestion) {
        json("{\"A\": \"hunter2\"}");
        environment.put(variable, value == null ? "" : value);

        Failure failure = failure(JOURNAL, Optional.empty());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.diagnostic().summary()).startsWith(summary);
        assertThat(failure.diagnostic().suggestion()).contains(suggestion);
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2", "hvs.other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sealed|FAILED|sealed or in maintenance|Unseal",
                "standby|FAILED|sends elsewhere|active server",
                "silent|NO_ANSWER|did not answer within 300 ms|VAULT_ADDR",
                "slow|NO_ANSWER|did not answer within 300 ms|VAULT_ADDR",
                "garbage|USAGE|not a secret of a key-value store|version:2"
            })
    void a_server_that_is_not_well_is_told(String fault, Failure.Kind kind, String summary, String suggestion) {
        json("{\"A\": \"hunter2\"}");
        vault.fails(fault);
        limit = Duration.ofMillis(300);

        Failure failure = failure(JOURNAL, Optional.empty());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(summary);
        assertThat(failure.diagnostic().suggestion()).contains(suggestion);
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2");
    }

    @Test
    void the_path_of_the_api_in_place_of_the_secrets_is_told() {
        json("{\"A\": \"1\"}");

        assertThat(failure("secret/data/journal/eu", Optional.empty())
                        .diagnostic()
                        .suggestion())
                .contains("Leave data/ out");
    }

    @Test
    void a_token_that_no_header_can_carry_is_not_shown() {
        environment.put("VAULT_TOKEN", "hunter2\nX: y");

        assertThat(failure(JOURNAL, Optional.empty()).diagnostics().toString()).doesNotContain("hunter2");
    }

    @Test
    void a_path_is_encoded_and_can_not_become_another_request() {
        assertThat(VaultPath.parse("secret/a?version=1&b=ü").request(Optional.of("3")))
                .isEqualTo("/v1/secret/data/a%3Fversion%3D1%26b%3D%C3%BC?version=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret/", "/journal", "secret/a@", "secret/a@x", "secret/a@0", "secret/a b"})
    void what_is_no_place_is_refused(String name) {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> store().fetch(new Wanted(name, Optional.empty(), "DE")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostic().suggestion()).contains("MOUNT/PATH");
    }
}
