package org.meridian.drivers.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

final class SecretTextTest {
    @Test
    void reads_plain_lines() {
        assertThat(read("A=1\n\n# comment\nexport B = two words \nC=\nD=x # comment\nE=x#y\nF=#none\r\nG=a=b\n"))
                .isEqualTo(Map.of("A", "1", "B", "two words", "C", "", "D", "x", "E", "x#y", "F", "", "G", "a=b"));
    }

    @Test
    void reads_quoted_lines() {
        assertThat(read("A='it # $x \\n'\nB=\"a\\n\\\"b\\\" \\\\ \\$x \\q\" # c\nC='one\ntwo'\nD=\"\"\n"))
                .isEqualTo(Map.of("A", "it # $x \\n", "B", "a\n\"b\" \\ $x \\q", "C", "one\ntwo", "D", ""));
    }

    @Test
    void tells_every_problem_with_its_place_and_no_value() {
        Failure failure = failure("GOOD=1\n  hunter2\n1A=hunter2\nGOOD=hunter2\nB='hunter2' hunter2\nC=\"hunter2\n");

        assertThat(failure.diagnostics())
                .extracting(problem -> problem.where().orElseThrow().toString())
                .containsExactlyInAnyOrder("here:2:3", "here:3:1", "here:5:13", "here:6:3");
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2");
    }

    @Test
    void variables_in_an_env_file_are_replaced_as_docker_compose_does() {
        Map<String, Secret> values = new SecretText("here", """
                        POSTGRES_USER=shop
                        POSTGRES_PASSWORD=shop-dev
                        DATABASE_URL=postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD}@db:5432/shop
                        LITERAL='${POSTGRES_USER}'
                        ESCAPED="\\$POSTGRES_USER ${NONE:-default}"
                        """).lines();

        assertThat(values)
                .containsEntry("DATABASE_URL", Secret.of("postgresql://shop:shop-dev@db:5432/shop"))
                .containsEntry("LITERAL", Secret.of("${POSTGRES_USER}"))
                .containsEntry("ESCAPED", Secret.of("$POSTGRES_USER default"));
    }

    @Test
    void a_dollar_in_an_env_file_that_would_make_a_value_empty_is_reported_and_in_other_stores_it_is_a_dollar() {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> new SecretText("here", "PASSWORD=pa$sword\n").lines());

        assertThat(failure.diagnostic().summary()).isEqualTo("here: values take in variables that no line sets: sword");
        assertThat(read("PASSWORD=pa$sword\n")).isEqualTo(Map.of("PASSWORD", "pa$sword"));
    }

    @Test
    void reads_a_json_object_and_takes_numbers_and_booleans_as_they_are_written() {
        assertThat(read(" \n{\"A\": \"x\\ny\", \"PORT\": 5432, \"RATIO\": 1.10, \"BIG\": 1e400, \"ON\": true}\n"))
                .isEqualTo(Map.of("A", "x\ny", "PORT", "5432", "RATIO", "1.10", "BIG", "1e400", "ON", "true"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"A\": \"hunter2\"| here: this is not JSON at line 1, column",
                "{\"A\": hunter2}| here: this is not JSON at line 1, column",
                "{\"A\": \"1\", \"A\": \"hunter2\"}| here: this is not JSON at line 1, column",
                "{\"A\": \"hunter2\"} hunter2| here: this is not JSON at line 1, column",
                "{\"A\": \"hunter2\"} {}| here: something follows the JSON object",
                "{\"A\": {\"B\": \"hunter2\"}}| here: the value of 'A' is not text, a number or a boolean",
                "{\"A\": [\"hunter2\"]}| here: the value of 'A' is not",
                "{\"A\": null}| here: the value of 'A' is not",
                "{\"A B\": \"hunter2\"}| here: 'A B' can't be a variable's name",
                "{\"A\": \"hunter2\\u0000\"}| here: the value of A has a NUL character in it",
                "{\"MERIDIAN_APP\": \"hunter2\"}| here: MERIDIAN_APP is a name that Meridian sets itself"
            })
    void says_what_is_wrong_with_json_and_shows_no_value(String text, String summary) {
        Failure failure = failure(text);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostic().summary()).startsWith(summary);
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2");
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void the_version_of_content_does_not_depend_on_order_and_does_on_where_a_value_ends() {
        assertThat(version("A=1\nB=2\n"))
                .isEqualTo(version("{\"B\": \"2\", \"A\": \"1\"}"))
                .matches("[0-9a-f]{12}");
        assertThat(version("A=1\nB=2\n")).isNotEqualTo(version("A=1\nB=3\n"));
        assertThat(version("{\"A\": \"1\\n1 B\\n1 2\"}")).isNotEqualTo(version("A=1\nB=2\n"));
    }

    private static String version(String text) {
        return ContentVersion.of(new SecretText("here", text).parse());
    }

    private static Failure failure(String text) {
        return catchThrowableOfType(Failure.class, () -> new SecretText("here", text).parse());
    }

    private static Map<String, String> read(String text) {
        Map<String, Secret> values = new SecretText("here", text).parse();
        return values.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .reveal()));
    }
}
