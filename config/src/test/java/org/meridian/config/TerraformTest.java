package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.config.TerraformConfiguration.Module;
import org.meridian.core.model.RegionName;

class TerraformTest {
    private static final String HEAD = """
            app: journal
            image: registry.example.com/journal
            primary: fra1
            serve: { service: web, port: 3000 }
            """;

    private final Folder folder;

    TerraformTest(@TempDir Path directory) {
        folder = new Folder(directory).write("fleet/main.tf", "").write("empty/README", "");
    }

    @Test
    void withoutAWordTheStatesAreFilesAndTheProvidersModulesAreTaken() {
        Configuration read = folder.write("meridian.yml", HEAD + """
                        regions:
                          fra1: { provider: digitalocean, size: s-1vcpu-2gb }
                          eu: { provider: aws, location: eu-west-1 }
                          lab: { provider: local, location: DE }
                        """).load();

        TerraformConfiguration terraform = read.terraform();
        assertThat(terraform.program()).isEqualTo("terraform");
        assertThat(terraform.backend()).isEqualTo("local");
        assertThat(terraform.settings()).isEmpty();
        assertThat(terraform.parallelism()).isEmpty();
        assertThat(terraform.within()).isEqualTo(Duration.ofMinutes(20));
        Module bundled = new Module(Optional.empty(), Map.of());
        assertThat(terraform.modules())
                .isEqualTo(Map.of(new RegionName("fra1"), bundled, new RegionName("eu"), bundled));
    }

    @Test
    void aRegionsModuleAndVariablesWinOverTheSharedOnes() {
        Configuration read = folder.write("meridian.yml", HEAD + """
                        regions:
                          fra1: { provider: terraform, module: fleet, variables: { owner: me, zones: [a, 2], tags: { x: y } } }
                          eu: { provider: terraform, location: DE }
                          us: { provider: aws, location: us-east-1 }
                        terraform:
                          program: tofu
                          module: fleet
                          variables: { owner: team }
                          backend: { type: http, address: "https://states.example.com/{region}", lock_address: "https://states.example.com/{region}" }
                          plugin_cache: cache
                          parallelism: 3
                          within: 5m
                        """).load();

        TerraformConfiguration terraform = read.terraform();
        Optional<Path> fleet = Optional.of(folder.path("fleet"));
        assertThat(terraform.modules())
                .isEqualTo(Map.of(
                        new RegionName("fra1"),
                        new Module(fleet, Map.of("owner", "me", "zones", List.of("a", "2"), "tags", Map.of("x", "y"))),
                        new RegionName("eu"),
                        new Module(fleet, Map.of("owner", "team")),
                        new RegionName("us"),
                        new Module(Optional.empty(), Map.of("owner", "team"))));
        assertThat(terraform.backend()).isEqualTo("http");
        assertThat(terraform.settings())
                .isEqualTo(Map.of(
                        "address",
                        "https://states.example.com/{region}",
                        "lock_address",
                        "https://states.example.com/{region}"));
        assertThat(terraform.pluginCache()).contains(folder.path("cache"));
        assertThat(terraform.parallelism()).contains(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    provider: aws, location: fra1; regions.fra1.location: 'fra1' is not a region of aws
                    provider: aws; regions.fra1.location is missing
                    provider: digitalocean, location: eu-west-1; regions.fra1.location: 'eu-west-1' is not a region of digitalocean
                    provider: terraform; regions.fra1.provider: the provider terraform needs a module
                    provider: terraform, module: empty; regions.fra1.module: there are no .tf files in empty
                    provider: terraform, module: none; regions.fra1.module: there are no .tf files in none
                    provider: digitalocean, module: fleet; regions.fra1.module: digitalocean has a module of its own
                    provider: local, module: fleet; regions.fra1.module: this belongs to a region that Terraform makes
                    provider: local, variables: { a: b }; regions.fra1.variables: this belongs to a region that Terraform
                    provider: terraform, module: fleet, variables: { servers: 3 }; regions.fra1.variables.servers: Meridian itself gives
                    provider: terraform, module: fleet, variables: { "a b": 3 }; regions.fra1.variables.a b: 'a b' can't be
                    """)
    void aRegionThatCanNotBeMadeIsRefused(String region, String problem) {
        folder.write("meridian.yml", HEAD + "regions: { fra1: { " + region + " } }\n");

        assertThat(folder.lines()).singleElement().asString().contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    backend: { bucket: b }; terraform.backend: the backend's type is missing
                    backend: { type: pg, conn_str: secret }; terraform.backend.conn_str: this is a secret
                    backend: { type: http, address: "http://127.0.0.1/{region}" }; terraform.backend: nothing keeps two runs from
                    backend: { type: s3, bucket: b, use_lockfile: false }; terraform.backend: nothing keeps two runs from
                    backend: { type: consul, lock: false }; terraform.backend: nothing keeps two runs from
                    backend: { type: oss, bucket: b, prefix: "{region}" }; terraform.backend: nothing keeps two runs from
                    backend: { type: http, address: "http://127.0.0.1/x", lock_address: "http://127.0.0.1/x" }; terraform.backend: several regions would have one state
                    backend: { type: s3, bucket: b, key: one }; terraform.backend: several regions would have one state
                    parallelism: 0; terraform.parallelism: 0 is outside 1 to 64
                    module: empty; terraform.module: there are no .tf files
                    """)
    void aTerraformThatCanNotBeRunIsRefused(String terraform, String problem) {
        folder.write("meridian.yml", HEAD + """
                regions: { fra1: { provider: digitalocean }, eu: { provider: aws, location: eu-west-1 } }
                terraform: { %s }
                """.formatted(terraform));

        assertThat(folder.lines()).singleElement().asString().contains(problem);
        assertThat(folder.lines().toString()).doesNotContain("secret }");
    }
}
