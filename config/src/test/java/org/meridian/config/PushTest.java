package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImagePush;
import org.meridian.core.model.ImageRoute;

/** Whether the app's image is pushed from this machine. */
class PushTest {
    private final Path directory;

    PushTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "journal, hosts, '', WHERE_PRESENT",
        "ada/journal, hosts, '', NEVER",
        "registry.example.com/journal, hosts, '', NEVER",
        "journal, local, '', NEVER",
        "journal, hosts, 'push: registry', NEVER",
        "registry.example.com/journal, hosts, 'push: ssh', ALWAYS",
    })
    void onlyABareNameOnMachinesOfOnesOwnIsPushedUnlessItIsWritten(
            String image, String provider, String push, ImagePush expected) throws IOException {
        assertThat(load(image, provider, push).push()).isEqualTo(expected);
    }

    @Test
    void anotherWordIsAProblemWhereItStands() {
        assertThatThrownBy(() -> load("journal", "hosts", "push: shh"))
                .hasMessageContaining("push: 'shh' is not known; known: ssh, registry")
                .satisfies(e -> {
                    Diagnostic problem = ((Failure) e).diagnostic();
                    assertThat(problem.suggestion()).isEqualTo("Did you mean 'ssh'?");
                    assertThat(problem.where().orElseThrow().toString()).endsWith("meridian.yml:6:7");
                });
    }

    @ParameterizedTest
    @CsvSource({"'', REGISTRY", "'push: registry,', REGISTRY", "'push: ssh,', THROUGH_DEPLOYER"})
    void aRegionMayGetWhatTheRegistryHasThroughThisMachine(String push, ImageRoute expected) throws IOException {
        Configuration read = load("ghcr.io/team/journal", "hosts", "", push);

        assertThat(read.push()).isEqualTo(ImagePush.NEVER);
        assertThat(read.app().regions().getFirst().images()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "'push: ssh'"})
    void noRegionPullsWhatIsInNoRegistry(String push) {
        assertThatThrownBy(() -> load("journal", "hosts", push, "push: registry,"))
                .hasMessageContaining("region lab can't pull what the other regions get from this machine's engine")
                .satisfies(e -> assertThat(
                                ((Failure) e).diagnostic().where().orElseThrow().toString())
                        .endsWith("meridian.yml:3:25"));
    }

    private Configuration load(String image, String provider, String push) throws IOException {
        return load(image, provider, push, "");
    }

    private Configuration load(String image, String provider, String push, String region) throws IOException {
        String machines = provider.equals("hosts") ? "hosts: [lab-1]" : "servers: 1";
        Folder folder = new Folder(directory)
                .write("compose.yaml", "services: { web: { image: %s, ports: [\"3000:3000\"] } }\n".formatted(image))
                .write("meridian.yml", """
                        app: journal
                        image: %s
                        regions: { lab: { %s provider: %s, location: DE, %s } }
                        serve: { service: web, port: 3000, health: { path: /up } }
                        traffic: { driver: haproxy, port: 8080 }
                        %s
                        """.formatted(image, region, provider, machines, push));
        return new ConfigurationLoader(Folder.ENVIRONMENT).load(folder.path("meridian.yml"));
    }
}
