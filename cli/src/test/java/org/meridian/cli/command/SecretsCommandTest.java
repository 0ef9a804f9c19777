package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SecretsReport.Difference;
import org.meridian.core.operation.SecretsReport.From;
import org.meridian.core.operation.SecretsReport.InRegion;
import org.meridian.core.operation.SecretsReport.Named;

final class SecretsCommandTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");
    private static final RegionName AP = new RegionName("ap");
    private static final From COMMON = new From("env-file:common.env", "3f2a11bc90de");
    private static final From VAULT = new From("vault:secret/eu", "3");
    private static final SecretsReport REPORT = new SecretsReport(
            List.of(
                    new InRegion(
                            EU,
                            List.of(COMMON, VAULT),
                            List.of(new Named("DATABASE_URL", VAULT), new Named("KEY", COMMON)),
                            List.of()),
                    new InRegion(US, List.of(COMMON), List.of(new Named("KEY", COMMON)), List.of("DATABASE_URL")),
                    new InRegion(AP, List.of(), List.of(), List.of())),
            List.of(
                    new Difference("DATABASE_URL", List.of(List.of(EU)), List.of(US, AP)),
                    new Difference("TOKEN", List.of(List.of(EU, AP), List.of(US)), List.of())),
            List.of("KEY"));

    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @BeforeEach
    void has() {
        meridian.has(REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets", "secrets list"})
    void lists_names_with_source_and_version_and_what_is_missing(String line) {
        assertThat(run(line)).isZero();

        assertThat(console.out().lines().map(text -> text.replaceAll(" +", " ")).toList())
                .contains(
                        "region name from version",
                        "eu DATABASE_URL vault:secret/eu 3",
                        "eu KEY env-file:common.env 3f2a11bc90de",
                        "us KEY env-file:common.env 3f2a11bc90de",
                        "ap - no secrets -")
                .anyMatch(text -> text.startsWith("us DATABASE_URL ") && text.endsWith(" missing -"));
    }

    @Test
    void shows_which_regions_differ() {
        assertThat(run("secrets diff")).isZero();

        assertThat(console.out().lines().map(text -> text.replaceAll(" +", " ")).toList())
                .contains(
                        "name eu us ap",
                        "DATABASE_URL a - -",
                        "TOKEN a b a",
                        "Equal letters in a line are equal values; - is none.",
                        "The same everywhere: KEY");
    }

    @Test
    void says_so_when_there_are_none() {
        meridian.has(new SecretsReport(List.of(), List.of(), List.of()));

        assertThat(run("secrets diff")).isZero();

        assertThat(console.out()).isEqualTo("No region has secrets.\n");
    }

    @Test
    void lists_as_json() {
        run("secrets list --json");

        assertThat(console.out())
                .isEqualTo("{\"regions\":[{\"name\":\"eu\",\"sources\":["
                        + "{\"from\":\"env-file:common.env\",\"version\":\"3f2a11bc90de\"},"
                        + "{\"from\":\"vault:secret/eu\",\"version\":\"3\"}],\"secrets\":["
                        + "{\"from\":\"vault:secret/eu\",\"version\":\"3\",\"name\":\"DATABASE_URL\"},"
                        + "{\"from\":\"env-file:common.env\",\"version\":\"3f2a11bc90de\",\"name\":\"KEY\"}],\"missing\":[]},"
                        + "{\"name\":\"us\",\"sources\":[{\"from\":\"env-file:common.env\",\"version\":\"3f2a11bc90de\"}],"
                        + "\"secrets\":[{\"from\":\"env-file:common.env\",\"version\":\"3f2a11bc90de\",\"name\":\"KEY\"}],"
                        + "\"missing\":[\"DATABASE_URL\"]},"
                        + "{\"name\":\"ap\",\"sources\":[],\"secrets\":[],\"missing\":[]}]}\n");
    }

    @Test
    void compares_as_json() {
        run("secrets diff --json");

        assertThat(console.out())
                .isEqualTo(
                        "{\"differ\":[{\"name\":\"DATABASE_URL\",\"alike\":[[\"eu\"]],\"without\":[\"us\",\"ap\"]},"
                                + "{\"name\":\"TOKEN\",\"alike\":[[\"eu\",\"ap\"],[\"us\"]],\"without\":[]}],\"same\":[\"KEY\"]}\n");
    }

    @Test
    void a_rollback_that_only_has_todays_secrets_asks_a_person_first() {
        meridian.onlyHasTodaysSecrets(onlyTodays());
        var person = FakeConsole.person("y\ny");

        assertThat(CommandLineRun.of(meridian, person, "rollback", "--to", "r1"))
                .isZero();

        assertThat(person.err()).contains("r1 had version 1", "Give the new servers today's secrets instead? [y/N]");
        assertThat(meridian.calls()).contains("rollback r1 with today's secrets");
    }

    @Test
    void a_rollback_that_only_has_todays_secrets_is_not_begun_after_a_no() {
        meridian.onlyHasTodaysSecrets(onlyTodays());

        assertThat(CommandLineRun.of(meridian, FakeConsole.person("n"), "rollback"))
                .isEqualTo(130);

        assertThat(meridian.calls()).containsExactly("close");
    }

    @Test
    void a_rollback_that_only_has_todays_secrets_fails_where_nobody_is_unless_told() {
        meridian.onlyHasTodaysSecrets(onlyTodays());

        assertThat(run("rollback")).isEqualTo(2);
        assertThat(run("rollback --yes")).isEqualTo(2);
        assertThat(console.err()).contains("--current-secrets");
        assertThat(run("rollback --current-secrets")).isZero();
        assertThat(meridian.calls()).contains("rollback - with today's secrets");
    }

    private static Failure onlyTodays() {
        return Failure.usage(Diagnostic.of(
                "other-secrets",
                "r1 had version 1 of env-file:a.env in eu, and it was changed since",
                "Put that content back, or say --current-secrets."));
    }

    private int run(String line) {
        return CommandLineRun.of(meridian, console, line.split(" "));
    }
}
