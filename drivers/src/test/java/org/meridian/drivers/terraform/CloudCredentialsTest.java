package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;

final class CloudCredentialsTest {
    private static final RegionName EAST = new RegionName("east");

    @TempDir
    private Path home = Path.of("");

    @ParameterizedTest
    @CsvSource({"AWS, aws, AWS_PROFILE", "DIGITALOCEAN, digitalocean, DIGITALOCEAN_TOKEN"})
    void none_at_all_is_a_problem_of_the_region_that_says_what_to_set(
            FleetProvider provider, String word, String variable) {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> with(Map.of(variable, " ")).require(provider, EAST));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostic().code()).isEqualTo("credentials-missing");
        assertThat(failure.diagnostic().summary()).isEqualTo("east: there are no credentials for " + word);
        assertThat(failure.diagnostic().suggestion()).contains(variable);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, AWS_PROFILE",
        "AWS, AWS_ACCESS_KEY_ID",
        "AWS, AWS_WEB_IDENTITY_TOKEN_FILE",
        "DIGITALOCEAN, DIGITALOCEAN_TOKEN",
        "DIGITALOCEAN, DIGITALOCEAN_ACCESS_TOKEN"
    })
    void a_variable_of_the_provider_s_is_enough(FleetProvider provider, String variable) {
        assertThatCode(() -> with(Map.of(variable, "given")).require(provider, EAST))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"credentials", "config"})
    void a_file_of_the_person_s_is_enough_for_aws(String file) throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.createFile(home.resolve(".aws").resolve(file));

        assertThatCode(() -> with(Map.of()).require(FleetProvider.AWS, EAST)).doesNotThrowAnyException();
    }

    @Test
    void a_machine_of_amazon_s_may_have_a_role() throws IOException {
        Files.writeString(home.resolve("vendor"), "Amazon EC2\n");

        assertThatCode(() -> with(Map.of()).require(FleetProvider.AWS, EAST)).doesNotThrowAnyException();
    }

    @Test
    void what_a_module_of_the_team_s_own_needs_is_not_known() {
        assertThatCode(() -> with(Map.of()).require(FleetProvider.TERRAFORM, EAST))
                .doesNotThrowAnyException();
    }

    private CloudCredentials with(Map<String, String> environment) {
        return new CloudCredentials(environment, home, home.resolve("vendor"));
    }
}
