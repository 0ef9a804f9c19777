package org.meridian.drivers.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.SecretStore.Wanted;
import org.meridian.testkit.SecretStoreContract;
import tools.jackson.databind.json.JsonMapper;

/** The real client of the AWS SDK against a server that speaks the service's protocol. */
final class SecretsManagerSecretsTest extends SecretStoreContract {
    private static final String IRELAND = "eu-west-1";
    private final Properties before = (Properties) System.getProperties().clone();
    private final Path nowhere;
    private final FakeSecretsManager aws = new FakeSecretsManager();

    SecretsManagerSecretsTest(@TempDir Path directory) throws IOException {
        this.nowhere = directory.resolve("none");
    }

    @BeforeEach
    void set() {
        System.setProperty("aws.accessKeyId", FakeSecretsManager.KEY);
        System.setProperty("aws.secretAccessKey", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        System.setProperty("aws.endpointUrl", aws.address());
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.configFile", nowhere.toString());
        System.setProperty("aws.sharedCredentialsFile", nowhere.toString());
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
        aws.close();
    }

    @Override
    protected SecretStore store() {
        return new SecretsManagerSecrets();
    }

    @Override
    protected String location() {
        return IRELAND;
    }

    @Override
    protected String put(Map<String, String> values) {
        return text(JsonMapper.shared().writeValueAsString(values));
    }

    @Override
    protected String putNonsense() {
        return text("{\"A\": " + VALUE + "}");
    }

    @Override
    protected String missing() {
        return "journal/none";
    }

    @Override
    protected String unknownVersion() {
        return "00000000-0000-0000-0000-000000000000";
    }

    private String text(String text) {
        aws.put(IRELAND, "journal/production", text);
        return "journal/production";
    }

    @Test
    void takes_lines_too() throws InterruptedException {
        assertThat(values(text("A=1\nB='2'\n"))).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @Test
    void the_version_remembered_is_the_id_of_the_content_even_behind_a_label() throws InterruptedException {
        String first = aws.put(IRELAND, "journal/production", "A=1");
        text("A=2");

        assertThat(today("journal/production@AWSPREVIOUS").version()).isEqualTo(first);
        assertThat(values("journal/production@" + first)).isEqualTo(Map.of("A", "1"));
        assertThat(failure("journal/production@BLUE", Optional.empty())
                        .diagnostic()
                        .code())
                .isEqualTo("missing-secret");
    }

    @Test
    void a_version_asked_for_wins_over_the_one_in_the_reference() throws InterruptedException {
        String first = aws.put(IRELAND, "journal/production", "A=1");
        String second = aws.put(IRELAND, "journal/production", "A=2");

        var values = store().fetch(new Wanted("journal/production@" + first, Optional.of(second), IRELAND));

        assertThat(values.version()).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1:journal, eu-west-1, , us-east-1",
        "journal, us-east-1, eu-west-1, us-east-1",
        "journal, DE, us-east-1, us-east-1",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:journal-1aBcDe, eu-west-1, , us-east-1"
    })
    void the_region_is_the_references_else_the_locations_else_that_of_aws_settings(
            String name, String location, @Nullable String setting, String region) throws InterruptedException {
        aws.put("eu-west-1", "journal", "WHERE=eu-west-1");
        aws.put("us-east-1", "journal", "WHERE=us-east-1");
        if (setting != null) {
            System.setProperty("aws.region", setting);
        }

        var values = store().fetch(new Wanted(name, Optional.empty(), location));

        assertThat(values.values()).isEqualTo(Map.of("WHERE", Secret.of(region)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "denied|FAILED|you may not read aws-secretsmanager:journal/production|secretsmanager:GetSecretValue",
                "deleted|USAGE|Secrets Manager refuses aws-secretsmanager:journal/production|Correct",
                "binary|USAGE|aws-secretsmanager:journal/production is a binary secret|Store text",
                "broken|NO_ANSWER|AWS Secrets Manager refused aws-secretsmanager:journal/production (500|reached",
                "garbage|NO_ANSWER|AWS Secrets Manager can't be|reached"
            })
    void says_why_and_what_to_do(String fault, Failure.Kind kind, String summary, String suggestion) {
        text("A=1");
        aws.fails(fault);

        Failure failure = failure("journal/production", Optional.empty());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.diagnostic().summary()).startsWith(summary);
        assertThat(failure.diagnostic().suggestion()).contains(suggestion);
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2");
    }

    @Test
    void says_who_may_not_in_the_services_own_words() {
        aws.fails("denied");

        assertThat(failure("journal/production", Optional.empty()).diagnostic().detail())
                .contains("user/ci is not authorized");
    }

    @Test
    void credentials_that_aws_does_not_take_are_told() {
        System.setProperty("aws.accessKeyId", "AKIAFORGED");

        Failure failure = failure(text("A=1"), Optional.empty());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED);
        assertThat(failure).hasMessageStartingWith("AWS does not take these credentials");
        assertThat(failure.diagnostic().suggestion()).contains("AWS_PROFILE");
    }

    @Test
    void no_credentials_are_told_before_anything_is_asked() {
        System.clearProperty("aws.accessKeyId");

        Failure failure = failure(text("A=1"), Optional.empty());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessageStartingWith("there are no credentials for AWS");
    }

    @Test
    void no_region_is_told_before_anything_is_asked() {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> store().fetch(new Wanted("journal", Optional.empty(), "DE")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostic().suggestion()).contains("AWS_REGION");
    }

    @Test
    void a_service_that_does_not_answer_is_not_waited_for() {
        aws.fails("silent");
        var impatient = new SecretsManagerSecrets(Duration.ofMillis(200), Duration.ofMillis(500));

        Failure failure = catchThrowableOfType(
                Failure.class, () -> impatient.fetch(new Wanted("journal", Optional.empty(), IRELAND)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
        assertThat(failure).hasMessage("AWS Secrets Manager did not answer in time");
    }

    @Test
    void a_service_that_is_not_there_is_told() {
        aws.close();

        Failure failure = failure("journal", Optional.empty());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
        assertThat(failure).hasMessage("AWS Secrets Manager can't be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "arn:aws:s3:::bucket", "eu-west-1:", "a?b", "journal@"})
    void what_is_no_name_is_refused(String name) {
        assertThat(failure(name, Optional.empty()).kind()).isEqualTo(Failure.Kind.USAGE);
    }
}
