package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.simulation.SimulatedApps.AP;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.plan.Overridden;
import org.meridian.core.spi.FleetDriver.Preview;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Terraform says of a plan, below each region of Meridian's own. */
final class PlanCommandTest {
    private static final Preview MANY = new Preview(
            "Terraform: 14 to create",
            IntStream.rangeClosed(1, 14)
                    .mapToObj(n -> "+ module.fleet.thing[" + n + "]")
                    .toList());

    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void terraforms_own_plan_stands_below_its_region_folded() {
        assertThat(run("plan")).isZero();

        List<String> lines = console.out().lines().toList();
        int us = lines.indexOf("    Terraform: 14 to create");
        assertThat(lines.subList(0, us).stream()
                        .filter(line -> line.matches("  \\S.*"))
                        .toList()
                        .getLast())
                .startsWith("  us");
        assertThat(lines.get(us + 1)).isEqualTo("      + module.fleet.thing[1]");
        assertThat(console.out()).contains(" more; --json has them all").doesNotContain("thing[14]");
    }

    @Test
    void json_has_all_of_it() {
        assertThat(run("plan", "--json")).isZero();

        JsonNode provider =
                new JsonMapper().readTree(console.out()).path("providers").path(0);
        assertThat(provider.path("region").asString("")).isEqualTo("us");
        assertThat(provider.path("summary").asString("")).isEqualTo("Terraform: 14 to create");
        assertThat(provider.path("details").size()).isEqualTo(14);
    }

    @Test
    void the_plan_is_shown_although_credentials_are_missing_and_every_region_that_lacks_them_is_named() {
        int code = CommandLineRun.of(new FakeMeridian().foresees(told(), missing(EU), missing(AP)), console, "plan");

        assertThat(code).isEqualTo(2);
        assertThat(console.out()).contains("  eu", "  ap", "journal-eu-r2-1", "Terraform: 14 to create");
        assertThat(console.err())
                .contains("error: eu: there are no credentials for aws", "error: ap: there are no", "Set AWS_PROFILE");
    }

    private static FakeMeridian surprising() {
        Diagnostic warning = Diagnostic.of("database-data", "services.db is empty", "Keep it elsewhere.")
                .at(new Location("compose.yaml", 7, 3));
        Overridden overridden = new Overridden("web", "DATABASE_URL", "env-file:secrets.env", List.of(EU, AP));
        return new FakeMeridian()
                .plans(Samples.plan().overriding(List.of(overridden)))
                .warns(List.of(warning));
    }

    @Test
    void a_plan_says_what_may_surprise_and_what_the_compose_file_does_not_decide() {
        assertThat(CommandLineRun.of(surprising(), console, "plan")).isZero();

        assertThat(console.out())
                .contains("compose.yaml:7:3: warning: services.db is empty. Keep it elsewhere.")
                .contains("web: DATABASE_URL is from env-file:secrets.env in eu, ap, not from the Compose file");
    }

    @Test
    void a_plan_in_json_says_it_too() {
        assertThat(CommandLineRun.of(surprising(), console, "plan", "--json")).isZero();

        JsonNode plan = new JsonMapper().readTree(console.out());
        assertThat(plan.at("/warnings/0/code").asString()).isEqualTo("database-data");
        assertThat(plan.at("/warnings/0/where").asString()).isEqualTo("compose.yaml:7:3");
        assertThat(plan.at("/overrides/0/variable").asString()).isEqualTo("DATABASE_URL");
        assertThat(plan.at("/overrides/0/source").asString()).isEqualTo("env-file:secrets.env");
    }

    @Test
    void with_env_it_says_where_each_variable_is_from_and_no_value() {
        assertThat(run("plan", "--env")).isZero();
        assertThat(console.out())
                .contains("DATABASE_URL", "env-file:secrets/eu.env", "env, the Compose file")
                .doesNotContain("Terraform");

        FakeConsole json = FakeConsole.pipe();
        assertThat(CommandLineRun.of(new FakeMeridian(), json, "plan", "--env", "--json"))
                .isZero();
        JsonNode variable = new JsonMapper().readTree(json.out()).at("/variables/0");
        assertThat(variable.path("source").asString()).isEqualTo("env-file:secrets/eu.env");
        assertThat(variable.path("instead_of").size()).isEqualTo(2);
    }

    @Test
    void json_tells_the_problem_in_the_place_of_the_provider_s_plan() {
        int code = CommandLineRun.of(new FakeMeridian().foresees(missing(EU)), console, "plan", "--json");

        assertThat(code).isEqualTo(2);
        JsonNode plan =
                new JsonMapper().readTree(console.out().lines().findFirst().orElseThrow());
        assertThat(plan.path("regions").size()).isEqualTo(3);
        assertThat(plan.path("providers").path(0).path("problem").asString(""))
                .isEqualTo("eu: there are no credentials for aws");
    }

    private int run(String... args) {
        return CommandLineRun.of(new FakeMeridian().foresees(told()), console, args);
    }

    private static RegionPreview told() {
        return new RegionPreview(US, Optional.of(MANY), Optional.empty());
    }

    private static RegionPreview missing(RegionName region) {
        return new RegionPreview(
                region,
                Optional.empty(),
                Optional.of(Failure.usage(Diagnostic.of(
                        "credentials-missing",
                        region + ": there are no credentials for aws",
                        "Set AWS_PROFILE, or run 'aws configure'."))));
    }
}
