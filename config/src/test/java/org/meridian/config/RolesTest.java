package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Worker;

/** What services of the Compose file are taken for, and what is said about them. */
class RolesTest {
    private static final String WORKER = "  worker:\n    image: registry.example.com/journal\n";
    private static final String BEFORE = "before_shift:";

    private final Folder folder;

    RolesTest(@TempDir Path directory) {
        this.folder = new Folder(directory);
    }

    @Test
    void anotherServiceOfTheAppsImageIsAWorkerOnEveryServer() {
        assertThat(folder.app().duties().workers()).isEqualTo(Map.of("worker", Worker.EVERYWHERE));
    }

    @ParameterizedTest
    @CsvSource({"'restart: \"no\"'", "'restart: on-failure'", "'restart: on-failure:3'"})
    void whatEndsByItselfIsNoWorker(String line) {
        folder.withCompose(WORKER, WORKER + "    " + line + "\n");

        assertThat(folder.app().duties().workers()).isEmpty();
    }

    @Test
    void whatAnotherServiceAwaitsTheEndOfIsNoWorker() {
        folder.withCompose(
                "    expose: [11211]",
                "    expose: [11211]\n    depends_on: { worker: { condition: service_completed_successfully } }");

        assertThat(folder.app().duties().workers()).isEmpty();
    }

    @Test
    void whatTheServiceThatAnswersDependsOnIsNoWorkerSinceItHasToBeThereBefore() {
        folder.withCompose("    ports: [\"8080:3000\"]", "    ports: [\"8080:3000\"]\n    depends_on: [cache]")
                .withCompose("    ports: [\"8080:3000\"]", "    ports: [\"8080:3000\"]\n    depends_on: [worker]");

        assertThat(folder.app().duties().workers()).isEmpty();
    }

    @Test
    void whatIsSaidOfServicesCounts() {
        folder.with(BEFORE, "services: { worker: { role: support }, cache: { role: worker } }\n" + BEFORE);

        assertThat(folder.app().duties().workers()).containsOnlyKeys("cache");
    }

    @Test
    void aWorkerCanRunInSomeRegionsOnSomeServersAndOverlap() {
        folder.with(BEFORE, "workers: { worker: { regions: us, servers: 1, overlap: true } }\n" + BEFORE);

        assertThat(folder.app().duties().workers())
                .isEqualTo(Map.of(
                        "worker", new Worker(Set.of(new RegionName("us")), Optional.of(1), true, Worker.USUAL_GRACE)));
    }

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "1m30s,PT1M30S", "1h,PT1H", "500ms,PT0.5S", "1.5m,PT1M30S", "0s,PT0S"})
    void itsGraceIsWhatTheComposeFileSays(String written, Duration grace) {
        folder.withCompose(WORKER, WORKER + "    stop_grace_period: " + written + "\n");

        assertThat(folder.app().duties().grace()).isEqualTo(grace);
    }

    @Test
    void aReleaseCommandIsReadAsWords() {
        folder.with(BEFORE, "release_command: bin/rails db:migrate\n" + BEFORE);

        assertThat(folder.app().releaseCommand()).contains(List.of("bin/rails", "db:migrate"));
    }
}
