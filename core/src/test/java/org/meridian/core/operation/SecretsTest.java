package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.ComposeFile.FromFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.ImageRoute;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Strategy;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.operation.SecretsReport.Difference;
import org.meridian.core.operation.SecretsReport.From;
import org.meridian.core.operation.SecretsReport.Named;
import org.meridian.core.rollout.Patience;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;

final class SecretsTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");

    private static final ComposeFile.Service WEB =
            new ComposeFile.Service(Optional.empty(), true, Map.of(), Set.of("B", "LOG_LEVEL", "OWN"));

    private final FakeStore files = new FakeStore("file", false)
            .has("common", Map.of("A", "1", "B", "2"))
            .has("eu", Map.of("B", "eu"));
    private final FakeStore cloud = new FakeStore("cloud", true).has("x", Map.of("C", "3"));

    @Test
    void later_references_win_and_each_is_remembered_with_its_version() throws InterruptedException {
        Secrets secrets = complete(app(List.of("file:common", "file:eu"), List.of("file:common")));

        assertThat(secrets.values().get(EU)).isEqualTo(Map.of("A", Secret.of("1"), "B", Secret.of("eu")));
        assertThat(secrets.values().get(US)).isEqualTo(Map.of("A", Secret.of("1"), "B", Secret.of("2")));
        assertThat(secrets.versions())
                .isEqualTo(Map.of(EU, List.of("file:common@v1", "file:eu@v1"), US, List.of("file:common@v1")));
    }

    @Test
    void what_gives_a_variable_its_value_is_told_with_what_it_overrides() throws InterruptedException {
        App app = app(List.of("file:common", "file:eu"), List.of("file:common"));

        assertThat(Environments.of(app, complete(app)).variables())
                .extracting(variable -> variable.name() + " " + variable.sources() + " " + variable.regions())
                .containsExactly(
                        "A [file:common] [eu, us]",
                        "B [file:eu, file:common, the Compose file] [eu]",
                        "B [file:common, the Compose file] [us]",
                        "LOG_LEVEL [env, the Compose file] [eu, us]",
                        "OWN [the Compose file] [eu, us]",
                        "REGION [regions.eu.env] [eu]",
                        "REGION [regions.us.env] [us]");
        assertThat(Overrides.of(app, complete(app)))
                .extracting(override -> override.name() + " " + override.source() + " " + override.regions())
                .containsExactly("B file:eu [eu]", "B file:common [us]", "LOG_LEVEL env [eu, us]");
    }

    @Test
    void each_thing_is_asked_for_once_and_for_each_location_where_that_matters() throws InterruptedException {
        complete(app(List.of("file:common", "cloud:x"), List.of("file:common", "cloud:x")));

        assertThat(files.asked).hasSize(1);
        assertThat(cloud.asked).extracting("location").containsExactlyInAnyOrder("eu-west-1", "us-east-1");
    }

    @Test
    void what_files_beside_the_compose_file_give_counts_least_and_is_told_too() throws InterruptedException {
        ComposeFile.Service web = new ComposeFile.Service(
                Optional.empty(),
                true,
                Map.of(),
                Set.of("B"),
                List.of(
                        new FromFile("common.env", Set.of("A", "B")),
                        new FromFile("web.env", Set.of("B")),
                        new FromFile(".env", Set.of("C"))));
        App app = app(
                new ComposeFile("services: {}", Map.of("web", web), Set.of()),
                List.of("file:common"),
                List.of("file:common"),
                Set.of());

        assertThat(Environments.of(app, complete(app)).variables())
                .extracting(variable -> variable.name() + " " + variable.sources())
                .contains(
                        "A [file:common, common.env]",
                        "B [file:common, the Compose file, web.env, common.env]",
                        "C [.env]");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        files.fails("eu", Failure.Kind.USAGE);

        Failure failure = failure(app(
                List.of("file:eu", "nowhere:x"), List.of("file:common"), Set.of("A", "KEY", "OTHER"), Set.of("KEY")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostics())
                .extracting(Diagnostic::summary)
                .containsExactlyInAnyOrder(
                        "file:eu can't be had",
                        "no secret store understands 'nowhere:x'",
                        "region us has no value for 2 variables: KEY (required), OTHER (Compose file)");
    }

    @Test
    void it_is_bad_usage_only_when_all_of_it_is() {
        files.fails("eu", Failure.Kind.USAGE);
        cloud.fails("x", Failure.Kind.FAILED);

        assertThat(failure(app(List.of("file:eu"), List.of("cloud:x"))).kind()).isEqualTo(Failure.Kind.FAILED);
        assertThat(failure(app(List.of("file:eu"), List.of())).kind()).isEqualTo(Failure.Kind.USAGE);
    }

    @Test
    void what_is_missing_is_listed_by_region_with_where_to_add_it() {
        Failure failure = failure(app(List.of("file:common", "file:eu"), List.of(), Set.of("A"), Set.of("KEY")));

        assertThat(failure.diagnostics())
                .extracting(problem -> problem.summary() + " | " + problem.suggestion())
                .containsExactly(
                        "region us has no value for A (Compose file) | Add it to a store that regions.us.secrets"
                                + " names, to .env beside the Compose file, or to env where it is no secret, or give the"
                                + " Compose file a default: ${NAME:-default}.",
                        "all regions have no value for KEY (required) | Add it to a store that secrets names, to .env"
                                + " beside the Compose file, or to env where it is no secret.");
    }

    @Test
    void fifty_missing_names_are_one_problem_and_not_one_for_each_region() {
        Set<String> names = IntStream.range(10, 60).mapToObj(i -> "NAME_" + i).collect(Collectors.toSet());

        Failure failure = failure(app(List.of("file:common"), List.of("file:common"), names, Set.of()));

        assertThat(failure.diagnostics()).singleElement().satisfies(problem -> assertThat(problem.summary())
                .startsWith(
                        "all regions have no value for 50 variables: NAME_10 (Compose file), NAME_11 (Compose file)")
                .endsWith("NAME_59 (Compose file)"));
    }

    /** Servers would read the secret, and the release is made with what is beside it. */
    @Test
    void a_secret_with_the_name_of_a_variable_that_decides_an_image_is_refused() {
        ComposeFile compose = new ComposeFile(
                "services: {}",
                Map.of("web", WEB),
                Set.of(),
                BesideFiles.NONE,
                Map.of("A", "services.cache.image", "NO_SECRET", "services.db.image"));

        Failure failure = failure(app(compose, List.of("file:common"), List.of("file:common"), Set.of()));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostics()).singleElement().satisfies(problem -> assertThat(problem.summary())
                .isEqualTo("the secrets of region eu have A, which decides services.cache.image: a release is made"
                        + " without secrets"));
    }

    @Test
    void plain_variables_and_meridians_own_count() throws InterruptedException {
        App app = app(List.of(), List.of(), Set.of("LOG_LEVEL", "REGION", "MERIDIAN_SERVER"), Set.of("LOG_LEVEL"));

        assertThat(complete(app).values()).containsOnlyKeys(EU, US);
    }

    @Test
    void the_report_says_what_wins_what_differs_and_no_value() throws InterruptedException {
        App app = app(List.of("file:common", "file:eu"), List.of("file:common", "cloud:x"), Set.of(), Set.of("KEY"));

        SecretsReport report = new ReadSecrets(app, List.of(files, cloud), new VirtualThreads()).run();

        From common = new From("file:common", "v1");
        assertThat(report.regions().getFirst().names())
                .containsExactly(new Named("A", common), new Named("B", new From("file:eu", "v1")));
        assertThat(report.regions().getFirst().missing()).containsExactly("KEY");
        assertThat(report.same()).containsExactly("A");
        assertThat(report.differences())
                .containsExactly(
                        new Difference("B", List.of(List.of(EU), List.of(US)), List.of()),
                        new Difference("C", List.of(List.of(US)), List.of(EU)));
    }

    private Secrets complete(App app) throws InterruptedException {
        return Secrets.complete(
                app,
                new SecretSources(
                        List.of(files, cloud), new VirtualThreads(), Patience.beforeActing(new SystemTime())));
    }

    private Failure failure(App app) {
        return catchThrowableOfType(Failure.class, () -> complete(app));
    }

    static App app(List<String> eu, List<String> us) {
        return app(eu, us, Set.of(), Set.of());
    }

    private static App app(List<String> eu, List<String> us, Set<String> compose, Set<String> required) {
        return app(new ComposeFile("services: {}", Map.of("web", WEB), compose), eu, us, required);
    }

    private static App app(ComposeFile compose, List<String> eu, List<String> us, Set<String> required) {
        Duration second = Duration.ofSeconds(1);
        return new App(
                new AppName("journal"),
                compose,
                ImageReference.parse("journal"),
                EU,
                List.of(region(EU, "eu-west-1", eu, required), region(US, "us-east-1", us, required)),
                Map.of("LOG_LEVEL", "info"),
                new Serve("web", 80, 80, new HealthCheck("/up", second, second, 2, second)),
                Optional.empty(),
                new RolloutSettings(List.of(List.of(US), List.of(EU)), second, second, second),
                TrafficSettings.here(8080, Optional.empty()),
                new ProbeSettings("/", 2, second));
    }

    private static Region region(RegionName name, String location, List<String> secrets, Set<String> required) {
        Map<String, String> env = Map.of("REGION", name.value());
        return new Region(
                name,
                "local",
                location,
                1,
                Optional.empty(),
                List.of(),
                env,
                secrets,
                required,
                ImageRoute.REGISTRY,
                Strategy.REPLACE);
    }
}
