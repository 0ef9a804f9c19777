package org.meridian.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
    private final Path directory;
    private final Path file;

    WholeFileTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("meridian.yml");
    }

    @Test
    void what_can_not_be_written_whole_leaves_the_file_that_was_there() throws IOException {
        Files.writeString(file, "before");
        Files.createDirectories(beside().resolve("in the way"));

        assertThatThrownBy(() -> WholeFile.write(file, "after")).isInstanceOf(IOException.class);

        assertThat(file).hasContent("before");
    }

    @Test
    void a_file_keeps_its_permissions_and_a_link_stays_one() throws IOException {
        Files.writeString(file, "before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        Path link = Files.createSymbolicLink(directory.resolve("link.yml"), file);

        WholeFile.write(link, "after");

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("after");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("meridian.yml", "link.yml");
    }

    @Test
    void a_device_is_never_replaced_by_a_file() {
        assertThatThrownBy(() -> WholeFile.write(Path.of("/dev/full"), "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no file that can be replaced");
        assertThat(Path.of("/dev/full"))
                .satisfies(path -> assertThat(Files.isRegularFile(path)).isFalse());
    }

    private Path beside() {
        return directory.resolve(".meridian-" + ProcessHandle.current().pid() + "-meridian.yml");
    }
}
