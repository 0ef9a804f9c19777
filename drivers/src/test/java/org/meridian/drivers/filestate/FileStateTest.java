package org.meridian.drivers.filestate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.testkit.StateStoreContract;

final class FileStateTest extends StateStoreContract {
    private static final int WINS = 20;

    private final Path directory;

    FileStateTest(@TempDir Path directory) {
        this.directory = directory.resolve(".meridian");
    }

    @Override
    protected StateStore open() {
        return new FileState(directory);
    }

    @Test
    void makes_nothing_when_it_is_only_read() {
        open().releases();
        open().holder();

        assertThat(directory).doesNotExist();
    }

    @Test
    void is_closed_to_others_and_out_of_version_control() throws IOException {
        open().lock(ANN).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(directory.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void writes_json_that_stays_readable_for_later_versions() throws IOException {
        try (Lock lock = open().lock(ANN)) {
            open().save(lock, release(2, "journal:v2"));
            open().save(lock, rollout(1));
            open().save(lock, receipt(1));
        }

        for (String file : List.of("releases.json", "rollouts.json", "receipts/1.json")) {
            assertThat(directory.resolve(file)).hasContent(expected(file));
        }
    }

    @Test
    void reads_what_an_earlier_version_wrote_and_skips_what_a_later_one_added() throws IOException {
        Files.createDirectories(directory);
        String later = expected("releases.json").replace("\"label\"", "\"addedLater\" : {\"x\" : [1]}, \"label\"");
        Files.writeString(directory.resolve("releases.json"), later);

        assertThat(open().releases()).containsExactly(release(2, "journal:v2"));
    }

    @Test
    void says_where_a_file_is_broken_and_leaves_it_alone() throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("releases.json");
        Files.writeString(file, "{\"version\": 1,\n  \"releases\": [}");

        assertThatThrownBy(() -> open().releases()).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().where().orElseThrow().toString())
                .startsWith(file + ":2:"));
        try (Lock lock = open().lock(ANN)) {
            assertThatThrownBy(() -> open().save(lock, release(1, "x"))).isInstanceOf(Failure.class);
        }
        assertThat(file).content().startsWith("{\"version\": 1,");
    }

    @Test
    void leaves_no_unfinished_files() throws IOException {
        try (Lock lock = open().lock(ANN)) {
            open().save(lock, release(1, "x"));
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".gitignore", "lock", "releases.json", "token.json");
        }
    }

    @Test
    void lets_one_of_two_processes_win_each_time() throws Exception {
        Process first = racer(WINS);
        Process second = racer(WINS);
        try {
            List<String> tokens = new ArrayList<>(lines(first));
            tokens.addAll(lines(second));

            assertThat(tokens).hasSize(2 * WINS).doesNotContain("VIOLATION").doesNotHaveDuplicates();
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    @Test
    void frees_the_lock_of_a_process_that_was_killed() throws Exception {
        Process keeper = racer(0);
        try (BufferedReader output = new BufferedReader(new InputStreamReader(keeper.getInputStream(), UTF_8))) {
            assertThat(output.readLine()).isEqualTo("1");
            assertThat(open().holder()).get().extracting(StateStore.Holder::who).isEqualTo("racer");
            assertThatThrownBy(() -> open().lock(ANN)).hasMessageContaining("by racer: race");

            keeper.destroyForcibly();
            assertThat(keeper.waitFor(10, TimeUnit.SECONDS)).isTrue();

            assertThat(open().holder()).isEmpty();
            try (Lock lock = open().lock(ANN)) {
                assertThat(lock.token()).isEqualTo(2);
            }
        } finally {
            keeper.destroyForcibly();
        }
    }

    private Process racer(int wins) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockRacer.class.getName(),
                        directory.toString(),
                        Integer.toString(wins))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> lines(Process process) throws IOException, InterruptedException {
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }

    private static String expected(String file) throws IOException {
        try (var resource = FileStateTest.class.getResourceAsStream(file)) {
            assertThat(resource).as(file).isNotNull();
            return new String(resource.readAllBytes(), UTF_8);
        }
    }
}
