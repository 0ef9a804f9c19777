package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that changes who may log in, run on files of this machine. */
final class KeyScriptTest {
    private static final String OLD = "ssh-ed25519 AAAAC3+/old";
    private static final String NEW = "ssh-ed25519 AAAAC3+/new";
    private static final String ANN = "ssh-rsa AAAAB3ann ann@laptop\n";

    private final Path root;
    private final Path home;
    private final Path file;
    private final Path roots;

    KeyScriptTest(@TempDir Path directory) {
        root = directory.resolve("root");
        home = directory.resolve("home");
        file = home.resolve(".ssh/authorized_keys");
        roots = root.resolve(".ssh/authorized_keys");
    }

    @BeforeEach
    void twoHomes() throws Exception {
        Files.createDirectories(root.resolve(".ssh"));
        Files.createDirectories(home.resolve(".ssh"));
    }

    @Test
    void a_key_is_added_beside_the_former_one_and_what_others_have_stays() throws Exception {
        Files.writeString(file, ANN + OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        for (int time = 1; time <= 2; time++) {
            assertThat(run("add", NEW, OLD)).isEqualTo("0 ");
            assertThat(file).hasContent(ANN + OLD + "\n" + NEW + "\n");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(roots).doesNotExist();
        assertThat(run("list")).isEqualTo("0 " + ANN + OLD + "\n" + NEW + "\n");
    }

    @Test
    void restrictions_of_the_former_key_are_the_new_ones_too() throws Exception {
        Files.writeString(file, OLD + " meridian\n");
        Files.writeString(roots, "no-pty,command=\"echo \\\"no $HOME\\\"\" " + OLD + " meridian\n");

        assertThat(run("add", NEW, OLD)).isEqualTo("0 ");

        assertThat(Files.readAllLines(roots))
                .last()
                .isEqualTo("no-pty,command=\"echo \\\"no $HOME\\\"\" " + NEW + " meridian");
        assertThat(run("remove", OLD, NEW)).isEqualTo("0 ");
        assertThat(Files.readString(roots)).contains(NEW).doesNotContain(OLD);
        assertThat(file).hasContent(NEW + " meridian\n");
    }

    @Test
    void no_key_is_removed_where_the_one_that_stays_is_not_let_in() throws Exception {
        Files.writeString(file, OLD + "\n");

        assertThat(run("remove", OLD, NEW)).startsWith("1 ").contains("the key that stays may not log in here");
        assertThat(file).hasContent(OLD + "\n");
    }

    @Test
    void a_user_who_has_no_keys_yet_gets_one_and_removing_twice_does_no_harm() throws Exception {
        Files.delete(home.resolve(".ssh"));

        assertThat(run("list")).isEqualTo("0 ");
        assertThat(run("add", NEW, OLD)).isEqualTo("0 ");
        assertThat(file).hasContent(NEW + " meridian\n");
        assertThat(run("remove", OLD, NEW)).isEqualTo("0 ");
        assertThat(run("remove", OLD, NEW)).isEqualTo("0 ");
        assertThat(file).hasContent(NEW + " meridian\n");
    }

    private String run(String action, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", "-c", Scripts.read("keys"), "keys"));
        line.addAll(List.of(root.toString(), action, home.toString()));
        line.addAll(List.of(more));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() + " " + said;
    }
}
