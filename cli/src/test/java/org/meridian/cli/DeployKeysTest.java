package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.SecretReference;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.local.LocalDirectory;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.envfile.EnvFileSecrets;
import org.meridian.drivers.envfile.EnvironmentVariable;
import org.meridian.drivers.secretcommand.CommandSecrets;
import org.meridian.drivers.ssh.KeptDeployKey;

final class DeployKeysTest {
    private final Path directory;
    private String publicKey = "";
    private String text = "";

    DeployKeysTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void aKey() throws IOException {
        publicKey = new KeptDeployKey(LocalDirectory.at(directory.resolve("ssh"))).publicKey();
        text = Files.readString(directory.resolve("ssh/id_ed25519"));
    }

    @Test
    void a_key_comes_from_a_variable_a_file_or_a_program() throws IOException {
        Files.writeString(directory.resolve("key.env"), "PASSWORD=a\nDEPLOY_KEY=\"" + text + "\"\n");
        Files.writeString(directory.resolve("only.env"), "KEY='" + text + "'\n");
        Files.writeString(directory.resolve("key.json"), "{\"DEPLOY_KEY\": \"" + text.replace("\n", "\\n") + "\"}");

        for (String reference : List.of("env:KEY", "env-file:key.env", "env-file:only.env", "command:cat key.json")) {
            assertThat(key(reference)).as(reference).isEqualTo(publicKey);
        }
    }

    @Test
    void a_variable_that_is_not_set_is_reported_where_it_is_named() {
        Failure failure = catchThrowableOfType(Failure.class, () -> key("env:NO_KEY"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessage("the environment variable NO_KEY is not set");
        assertThat(failure.diagnostic().where()).contains(new Location("meridian.yml", 9, 15));
    }

    @Test
    void a_secret_with_several_values_says_which_is_the_key() throws IOException {
        Files.writeString(directory.resolve("two.env"), "A=hunter2\nB=hunter3\n");

        Failure failure = catchThrowableOfType(Failure.class, () -> key("env-file:two.env"));

        assertThat(failure).hasMessage("env-file:two.env has 2 values and none is named DEPLOY_KEY");
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter");
    }

    @Test
    void the_doctor_fetches_the_key_that_the_configuration_names_and_says_what_is_wrong_with_it() throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"), "services: { web: { image: journal, ports: [\"3000:3000\"] } }\n");
        Files.writeString(directory.resolve("good.env"), "DEPLOY_KEY=\"" + text + "\"\n");
        Files.writeString(directory.resolve("bad.env"), "DEPLOY_KEY=\"" + publicKey + "\"\n");

        assertThat(new YamlConfig().publicDeployKey(configured("good.env"))).contains(publicKey);
        Failure failure =
                catchThrowableOfType(Failure.class, () -> new YamlConfig().publicDeployKey(configured("bad.env")));
        assertThat(failure).hasMessageContaining("it is the public key");
        assertThat(failure.diagnostic().where().orElseThrow().line()).isEqualTo(5);
    }

    private Path configured(String env) throws IOException {
        return Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                image: journal
                regions: { eu: { provider: local, location: DE, servers: 1 } }
                serve: { service: web, port: 3000 }
                ssh: { deploy_key: "env-file:%s" }
                """.formatted(env));
    }

    private String key(String reference) {
        DeployKeys keys = new DeployKeys(List.of(
                new EnvironmentVariable(Map.of("KEY", text)),
                new EnvFileSecrets(directory),
                new CommandSecrets(directory, new LocalProcesses())));
        return keys.of(new SecretReference(reference, new Location("meridian.yml", 9, 15)))
                .publicKey();
    }
}
