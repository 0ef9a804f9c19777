package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RootModuleTest {
    private static final AppName APP = new AppName("journal");
    private static final Region REGION = new Region(
            new RegionName("eu"), "aws", "eu-west-1", 2, Optional.empty(), List.of("vpc-1"), Map.of(), List.of());

    @Test
    void calls_one_module_with_the_contract() {
        JsonNode root = root(FleetProvider.AWS, Backend.LOCAL, Map.of("vpc", "own"));

        assertThat(root.propertyNames()).containsExactly("//", "terraform", "provider", "variable", "module", "output");
        assertThat(root.path("module").propertyNames()).containsExactly("fleet");
        JsonNode fleet = root.at("/module/fleet");
        assertThat(fleet.propertyNames())
                .containsExactlyInAnyOrder(
                        "source", "app", "region", "location", "ssh_key", "network", "servers", "vpc");
        assertThat(fleet.path("source").asString()).isEqualTo("./module");
        assertThat(fleet.path("app").asString()).isEqualTo("journal");
        assertThat(fleet.path("region").asString()).isEqualTo("eu");
        assertThat(fleet.path("location").asString()).isEqualTo("eu-west-1");
        assertThat(fleet.at("/network/names/0").asString()).isEqualTo("vpc-1");
        assertThat(root.at("/variable/user_data/sensitive").asBoolean()).isTrue();
        assertThat(root.at("/output/servers/value").asString()).isEqualTo("${module.fleet.servers}");
    }

    @Test
    void pins_the_provider_and_tells_it_the_place() {
        JsonNode root = root(FleetProvider.AWS, Backend.LOCAL, Map.of());

        assertThat(root.at("/terraform/required_providers/aws/source").asString())
                .isEqualTo("hashicorp/aws");
        assertThat(root.at("/terraform/required_providers/aws/version").asString())
                .matches("[0-9.]+");
        assertThat(root.at("/provider/aws/region").asString()).isEqualTo("eu-west-1");
        assertThat(root(FleetProvider.TERRAFORM, Backend.LOCAL, Map.of()).has("provider"))
                .isFalse();
    }

    @Test
    void gives_each_region_a_state_of_its_own() {
        assertThat(backend(Backend.LOCAL, "local").path("path").asString()).isEqualTo("terraform.tfstate");
        assertThat(backend(new Backend("s3", Map.of("bucket", "b")), "s3")
                        .path("key")
                        .asString())
                .isEqualTo("meridian/journal/eu.tfstate");
        assertThat(backend(new Backend("s3", Map.of("bucket", "b", "key", "x/{region}")), "s3")
                        .path("key")
                        .asString())
                .isEqualTo("x/eu");
        assertThat(backend(new Backend("pg", Map.of()), "pg")
                        .path("schema_name")
                        .asString())
                .isEqualTo("meridian_journal_eu");
        assertThat(backend(new Backend("http", Map.of("address", "https://x/{app}/{region}")), "http")
                        .path("address")
                        .asString())
                .isEqualTo("https://x/journal/eu");
    }

    @Test
    void locks_a_state_in_s3_where_the_team_says_nothing_of_locks() {
        assertThat(backend(new Backend("s3", Map.of("bucket", "b")), "s3")
                        .path("use_lockfile")
                        .asString())
                .isEqualTo("true");
        assertThat(backend(new Backend("s3", Map.of("bucket", "b", "dynamodb_table", "t")), "s3")
                        .has("use_lockfile"))
                .isFalse();
    }

    @Test
    void nothing_that_the_team_writes_is_an_expression() {
        JsonNode fleet = root(
                        FleetProvider.TERRAFORM,
                        Backend.LOCAL,
                        Map.of("a", List.of(Map.of("k", "${file(\"/x\")} %{if}"))))
                .at("/module/fleet");

        assertThat(fleet.at("/a/0/k").asString()).isEqualTo("$${file(\"/x\")} %%{if}");
    }

    private static JsonNode backend(Backend backend, String type) {
        return root(FleetProvider.TERRAFORM, backend, Map.of()).at("/terraform/backend/" + type);
    }

    private static JsonNode root(FleetProvider provider, Backend backend, Map<String, Object> variables) {
        String text = new RootModule(APP, provider, backend).text(REGION, "./module", variables, "ssh-ed25519 AAAA");
        return JsonMapper.shared().readTree(text);
    }
}
