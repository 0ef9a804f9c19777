package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.Region;

class SecretsTest {
    private final Folder folder;

    SecretsTest(@TempDir Path directory) {
        folder = new Folder(directory).write("common.env", "A=1\n");
    }

    @Test
    void aRegionHasTheAppsReferencesAndThenItsOwnAndTheNamesOfBoth() {
        folder.with(
                "secrets: env-file:secrets.env\n",
                "secrets: { from: [vault:secret/eu, 'command:op inject -i \"a b\"'], required: [EU_KEY] }\n");
        folder.write(
                "meridian.yml",
                Folder.replaced(
                        folder.text(),
                        "env: { LOG_LEVEL: info }",
                        "env: { LOG_LEVEL: info }\nsecrets: { from: env-file:common.env, required: [KEY] }"));

        Region eu = folder.app().regions().getFirst();
        Region us = folder.app().regions().getLast();

        assertThat(eu.secrets())
                .containsExactly("env-file:common.env", "vault:secret/eu", "command:op inject -i \"a b\"");
        assertThat(eu.required()).containsExactlyInAnyOrder("KEY", "EU_KEY");
        assertThat(us.secrets()).containsExactly("env-file:common.env", "env-file:secrets.env");
        assertThat(us.required()).containsExactly("KEY");
    }

    @Test
    void theComposeFileTellsWhichVariablesItTakesWithoutADefault() {
        folder.write("compose.yaml", """
                name: ${PROJECT}
                x-common: &common
                  logging: { options: { tag: "${LOG_TAG}" } }
                x-unused: ${NOBODY_USES_THIS}
                services:
                  web:
                    <<: *common
                    image: registry.example.com/journal:${TAG}
                    build: ${SOURCE}
                    ports: ["8080:3000"]
                    command: [serve, "$WORKERS", "$$HOME", "${A:-1}", "${B-}", "${C:+x}", "${D:-${E}}", "${F:?set it}"]
                    environment:
                      PASSED_THROUGH:
                      EMPTY: ""
                      SET: ${G}
                  worker:
                    image: registry.example.com/journal
                    environment: [LISTED, OTHER=1]
                  cache:
                    image: memcached:1.6
                """);

        assertThat(folder.app().compose().variables())
                .containsOnlyKeys("PROJECT", "LOG_TAG", "WORKERS", "F", "PASSED_THROUGH", "G", "LISTED");
    }

    @Test
    void theExampleComposeFileTakesNone() {
        assertThat(folder.app().compose().variables()).isEmpty();
    }
}
