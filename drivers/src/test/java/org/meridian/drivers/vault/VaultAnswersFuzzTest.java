package org.meridian.drivers.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.testkit.fuzz.ForeignText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever Vault answers, it is a secret or a failure with words. */
final class VaultAnswersFuzzTest {
    private static final int INPUTS = 2_000;

    @Test
    void an_answer_changed_by_chance_has_secrets_or_is_refused() throws InterruptedException {
        var answer = new ForeignText("""
            { "request_id": "1", "data": {
                "data": { "TOKEN": "sesame", "PORT": 5432, "RATE": 0.10, "ON": true },
                "metadata": { "version": 7, "destroyed": false, "deletion_time": "" } } }
            """, text -> assertThat(
                        VaultSecrets.values("vault:kv/journal", "Vault", text).version())
                .isNotNull());
        assertThat(answer.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_refusal_changed_by_chance_says_what_is_wrong() throws InterruptedException {
        VaultPath path = VaultPath.parse("kv/journal");
        var refusal = new ForeignText("""
            { "errors": [ "permission denied" ], "warnings": null,
              "data": { "metadata": { "version": 7, "deletion_time": "2026-01-01T00:00:00Z", "destroyed": true } } }
            """, text -> {
            for (int status : new int[] {400, 403, 404, 429, 500}) {
                assertThat(new VaultFailures("vault:kv/journal", path, Optional.empty(), "Vault")
                                .of(status, json(text))
                                .diagnostic()
                                .summary())
                        .isNotBlank()
                        .doesNotContain("\n");
            }
        });
        assertThat(refusal.wrong(1, INPUTS)).isEmpty();
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }
}
