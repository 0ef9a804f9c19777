package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Canary;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Hook;
import org.meridian.core.model.HookPoint;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.NotifySettings;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Serve;
import org.meridian.core.model.TrafficSettings;

class ConfigurationLoaderTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @Test
    void theHealthCheckAsksAsUsersDo() {
        HealthCheck silent = folder.app().serve().health();
        HealthCheck said = folder.write(
                        "meridian.yml",
                        Folder.GOOD.replace("path: /up,", "path: /up, host: app.example.com, proto: http,"))
                .app()
                .serve()
                .health();
        HealthCheck cloudflare =
                folder.write("meridian.yml", CloudflareTest.GOOD).app().serve().health();

        assertThat(silent.host()).isEmpty();
        assertThat(silent.forwardedProto()).isEqualTo("https");
        assertThat(said.host()).contains("app.example.com");
        assertThat(said.forwardedProto()).isEqualTo("http");
        assertThat(cloudflare.host()).contains("journal.example.com");
    }

    @Test
    void theAppsTimeToAnswerGoesToTheTrafficLayerAndMakesNoRelease() {
        folder.write("meridian.yml", Folder.GOOD.replace("port: 3000\n", "port: 3000\n  timeout: 30s\n"));

        assertThat(folder.app().traffic().answerWithin()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everyKeyOfAGoodFileArrivesInTheModel() {
        App app = folder.app();

        assertThat(app.name()).isEqualTo(new AppName("journal"));
        assertThat(app.image()).isEqualTo(ImageReference.parse("registry.example.com/journal"));
        assertThat(app.primary()).isEqualTo(EU);
        assertThat(app.env()).isEqualTo(Map.of("LOG_LEVEL", "info"));
        assertThat(app.serve())
                .isEqualTo(new Serve(
                        "web",
                        3000,
                        8080,
                        new HealthCheck(
                                "/up", Duration.ofMillis(500), Duration.ofSeconds(2), 3, Duration.ofMinutes(2))));
        assertThat(app.beforeShift()).contains(List.of("bin/migrate", "--name", "two words"));
        assertThat(app.rollout())
                .isEqualTo(new RolloutSettings(
                        List.of(List.of(US), List.of(EU)),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofHours(1),
                        Optional.of(new Canary(
                                List.of(5, 25, 100),
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(4),
                                0.0025,
                                Optional.of(Duration.ofMillis(800)),
                                80,
                                Canary.WhenTooFew.ROLL_BACK)),
                        OnFailure.PAUSE,
                        Optional.of(Duration.ofHours(3))));
        assertThat(app.hooks())
                .containsExactly(
                        new Hook(
                                HookPoint.BEFORE_DEPLOY,
                                List.of("bin/announce", "start", "two words"),
                                Duration.ofMinutes(1)),
                        new Hook(HookPoint.AFTER_DEPLOY, List.of("bin/announce", "end"), Duration.ofSeconds(30)),
                        new Hook(HookPoint.BEFORE_REGION, List.of("bin/check", "--deep"), Duration.ofMinutes(1)),
                        new Hook(HookPoint.BEFORE_REGION, List.of("bin/slow"), Duration.ofMinutes(10)),
                        new Hook(HookPoint.BEFORE_REGION, List.of("bin/last", "7"), Duration.ofMinutes(1)));
        assertThat(app.notices())
                .containsExactly(
                        new NotifySettings(
                                NotifySettings.Form.SLACK, Secret.of("https://hooks.example.com/T1/B2/verysecret")),
                        new NotifySettings(NotifySettings.Form.WEBHOOK, Secret.of("http://127.0.0.1:8099/verysecret")));
        assertThat(app.metrics())
                .isEqualTo(new MetricSettings.Prometheus(
                        URI.create("http://127.0.0.1:9090"),
                        "sum(requests{server=\"$server\"})",
                        "sum(errors{server=\"$server\"})",
                        "sum(seconds_bucket{server=\"$server\"}) by (le)"));
        assertThat(app.traffic()).isEqualTo(TrafficSettings.here(8081, Optional.of("_session")));
        assertThat(app.probe()).isEqualTo(new ProbeSettings("/posts", 9, Duration.ofSeconds(3)));
        assertThat(app.regions())
                .containsExactly(
                        new Region(
                                EU,
                                "local",
                                "DE",
                                2,
                                Optional.of("small"),
                                List.of("database"),
                                Map.of("PORT", "3000", "FLAG", "no"),
                                List.of("env-file:secrets.env")),
                        new Region(
                                US,
                                "local",
                                "us-east-1",
                                1,
                                Optional.empty(),
                                List.of(),
                                Map.of(),
                                List.of("env-file:secrets.env")));
    }

    @Test
    void theComposeFileArrivesWithTheAppsServicesMarked() {
        ComposeFile compose = folder.app().compose();

        assertThat(compose.text()).isEqualTo(Folder.COMPOSE);
        assertThat(compose.services()).containsOnlyKeys("web", "worker", "cache");
        ImageReference app = ImageReference.parse("registry.example.com/journal");
        assertThat(compose.services().get("web"))
                .isEqualTo(new ComposeFile.Service(Optional.of(app), true, Map.of(3000, 8080)));
        assertThat(compose.services().get("worker"))
                .isEqualTo(new ComposeFile.Service(Optional.of(app), true, Map.of()));
        assertThat(compose.services().get("cache"))
                .isEqualTo(
                        new ComposeFile.Service(Optional.of(ImageReference.parse("memcached:1.6")), false, Map.of()));
    }

    @Test
    void pathsCountFromTheFilesDirectory() {
        Configuration configuration = folder.load();

        assertThat(configuration.directory())
                .isEqualTo(folder.path("meridian.yml").getParent());
        assertThat(configuration.compose()).isEqualTo(folder.path("compose.yaml"));
        assertThat(configuration.state()).isEqualTo(new StateLocation.Directory(folder.path("records")));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void whatIsNotWrittenHasItsDefault() {
        folder.write("meridian.yml", """
                app: journal
                image: registry.example.com/journal
                regions:
                  fra1: { provider: local }
                serve: { service: cache, port: 11211 }
                """);

        App app = folder.app();

        assertThat(app.primary()).isEqualTo(new RegionName("fra1"));
        assertThat(app.regions().getFirst().location()).isEqualTo("fra1");
        assertThat(app.regions().getFirst().servers()).isEqualTo(1);
        assertThat(app.serve().hostPort()).isEqualTo(11211);
        assertThat(app.serve().health())
                .isEqualTo(
                        new HealthCheck("/", Duration.ofSeconds(1), Duration.ofSeconds(2), 2, Duration.ofSeconds(90)));
        assertThat(app.beforeShift()).isEmpty();
        assertThat(app.console()).isEmpty();
        assertThat(app.rollout())
                .isEqualTo(new RolloutSettings(
                        List.of(List.of(new RegionName("fra1"))),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(15)));
        assertThat(app.traffic()).isEqualTo(TrafficSettings.here(8080, Optional.empty()));
        assertThat(app.probe()).isEqualTo(new ProbeSettings("/", Optional.empty(), Duration.ofSeconds(5)));
        assertThat(folder.load().state()).isEqualTo(new StateLocation.Directory(folder.path(".meridian")));
    }

    @Test
    void byDefaultAllOtherRegionsMoveTogetherAndThePrimaryLast() {
        folder.write("meridian.yml", """
                app: journal
                image: registry.example.com/journal
                primary: ams3
                regions: { fra1: &local { provider: local }, ams3: *local, us: { <<: *local, location: US } }
                serve: { service: web, port: 3000 }
                """);

        assertThat(folder.app().rollout().waves())
                .containsExactly(
                        List.of(new RegionName("fra1"), new RegionName("us")), List.of(new RegionName("ams3")));
        assertThat(folder.app().region(US).provider()).isEqualTo("local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us", "na", "europe"})
    void aRegionsLocationIsNotGuessedFromACountrysLetters(String name) {
        folder.write("meridian.yml", """
                app: journal
                image: registry.example.com/journal
                regions: { %s: { provider: local } }
                serve: { service: web, port: 3000 }
                """.formatted(name));

        assertThat(folder.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("meridian.yml:3:12: regions." + name + ".location is missing"));
    }

    @Test
    void environmentValuesAreTakenAsTheyAreWritten() {
        folder.with("{ LOG_LEVEL: info }", """

                  NUMBER: 0755
                  FLAG: no
                  TRUTH: True
                  FRACTION: 1.50
                  TIME: 12:30:45
                  EMPTY: ""
                  QUOTED: "null"
                  DOLLAR: ${HOME} $5 100%
                  BLOCK: |
                    two
                    lines
                """.stripTrailing());

        assertThat(folder.app().env())
                .isEqualTo(Map.of(
                        "NUMBER", "0755",
                        "FLAG", "no",
                        "TRUTH", "True",
                        "FRACTION", "1.50",
                        "TIME", "12:30:45",
                        "EMPTY", "",
                        "QUOTED", "null",
                        "DOLLAR", "${HOME} $5 100%",
                        "BLOCK", "two\nlines\n"));
    }

    @Test
    void aCommandMayBeAListOfWords() {
        folder.with("bin/migrate --name \"two words\"", "[sh, -c, 'a | b', 7]");

        assertThat(folder.app().beforeShift()).contains(List.of("sh", "-c", "a | b", "7"));
    }

    @Test
    void aMissingFileAsksForInit() {
        List<Diagnostic> problems =
                Folder.problems(() -> new ConfigurationLoader().load(folder.path("nowhere/meridian.yml")));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).startsWith("there is no ").endsWith("meridian.yml");
            assertThat(problem.suggestion()).contains("meridian init");
        });
    }

    @Test
    void aDirectoryInPlaceOfAFileIsNamed() {
        assertThat(Folder.problems(() -> new ConfigurationLoader().load(folder.path("."))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).endsWith("is a directory"));
    }

    @Test
    void aByteOrderMarkDoesNotMatter() {
        folder.write("meridian.yml", "\uFEFF" + Folder.GOOD);

        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void theUsualComposeFilesAreFoundInComposesOwnOrder() {
        folder.with("compose: compose.yaml\n", "").write("docker-compose.yml", Folder.COMPOSE);
        assertThat(folder.load().compose()).isEqualTo(folder.path("compose.yaml"));

        assertThat(folder.path("compose.yaml").toFile().delete()).isTrue();
        assertThat(folder.load().compose()).isEqualTo(folder.path("docker-compose.yml"));
    }

    @Test
    void aFileInTheWorkingDirectoryNeedsNoDirectory() {
        // Nothing else can be loaded by a bare name without changing the working directory.
        assertThat(Folder.problems(() -> new ConfigurationLoader().load(Path.of("meridian.yml"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).isEqualTo("there is no meridian.yml"));
    }
}
