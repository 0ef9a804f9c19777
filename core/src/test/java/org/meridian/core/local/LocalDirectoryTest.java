package org.meridian.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalDirectoryTest {
    private final Path root;
    private final LocalDirectory local;

    LocalDirectoryTest(@TempDir Path project) {
        root = project.resolve(".meridian");
        local = LocalDirectory.at(root);
    }

    @Test
    void a_key_in_a_directory_inside_is_ignored_by_git_though_nothing_else_was_ever_written() throws IOException {
        local.inside("ssh").write("id_ed25519", "secret");

        assertThat(root.resolve(".gitignore")).hasContent("*");
        assertThat(mode(root)).isEqualTo("rwx------");
        assertThat(mode(root.resolve("ssh"))).isEqualTo("rwx------");
        assertThat(mode(root.resolve("ssh/id_ed25519"))).isEqualTo("rw-------");
        assertThat(root.resolve("ssh").toFile().list())
                .as("nothing unfinished is left")
                .containsExactly("id_ed25519");
    }

    @Test
    void what_was_open_to_others_is_closed() throws IOException {
        Files.createDirectories(root.resolve("ssh"));
        Files.writeString(root.resolve("state.db"), "");
        open(root, "rwxr-xr-x");
        open(root.resolve("ssh"), "rwxrwxr-x");
        open(root.resolve("state.db"), "rw-r--r--");

        local.inside("ssh").make();
        Path unused = local.create("state.db");

        assertThat(mode(root)).isEqualTo("rwx------");
        assertThat(mode(root.resolve("ssh"))).isEqualTo("rwx------");
        assertThat(mode(root.resolve("state.db"))).isEqualTo("rw-------");
    }

    @Test
    void looking_makes_nothing_and_closes_what_is_there() throws IOException {
        local.closeIfThere();
        assertThat(root).doesNotExist();

        Files.createDirectory(root);
        open(root, "rwxr-xr-x");
        local.closeIfThere();

        assertThat(mode(root)).isEqualTo("rwx------");
        assertThat(root.resolve(".gitignore")).exists();
    }

    @Test
    void a_gitignore_of_the_teams_own_stays() throws IOException {
        Files.createDirectory(root);
        Files.writeString(root.resolve(".gitignore"), "*\n!README\n");

        local.make();

        assertThat(root.resolve(".gitignore")).hasContent("*\n!README");
    }

    @Test
    void the_first_of_two_that_write_a_file_once_wins() throws IOException {
        local.writeOnce("key", new byte[] {1});
        local.writeOnce("key", new byte[] {2});

        assertThat(root.resolve("key")).hasBinaryContent(new byte[] {1});
        assertThat(root.toFile().list()).containsExactlyInAnyOrder(".gitignore", "key");
    }

    @Test
    void a_write_that_fails_leaves_the_file_that_was_there_and_nothing_beside_it() throws IOException {
        Files.createDirectories(root.resolve("taken/by-a-directory"));

        assertThatThrownBy(() -> local.write("taken", "text")).isInstanceOf(IOException.class);

        assertThat(root.toFile().list()).containsExactlyInAnyOrder(".gitignore", "taken");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void open(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
