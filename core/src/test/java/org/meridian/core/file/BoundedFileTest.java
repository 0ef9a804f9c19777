package org.meridian.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
    private static final Duration NEVER_ENDS = Duration.ofMinutes(1);

    private Path file = Path.of("");

    @BeforeEach
    void prepare(@TempDir Path directory) {
        file = directory.resolve("file");
    }

    @Test
    void aFileMayBeAsLargeAsTheLimitAndNoLarger() throws IOException {
        Files.writeString(file, "12345");

        assertThat(BoundedFile.text(file, 5)).isEqualTo("12345");
        assertThatThrownBy(() -> BoundedFile.text(file, 4))
                .isInstanceOf(UnfitFile.class)
                .hasMessageContaining("is larger than 4 bytes");
    }

    @Test
    void aLinkToADeviceThatNeverEndsIsRefused() throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));

        assertTimeoutPreemptively(NEVER_ENDS, this::isNoFile);
    }

    @Test
    void aPipeThatNobodyWritesToIsRefused() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertTimeoutPreemptively(NEVER_ENDS, this::isNoFile);
    }

    @Test
    void aDirectoryIsRefused() throws IOException {
        Files.createDirectory(file);

        isNoFile();
    }

    @Test
    void aFileUnderProcIsReadThoughItsSizeIsZero() throws IOException {
        assertThat(BoundedFile.text(Path.of("/proc/self/status"), BoundedFile.MEGABYTE))
                .contains("Pid:");
    }

    @Test
    void whyItCanNotBeReadIsSaidWithoutItsName() throws IOException {
        Path loop = Files.createSymbolicLink(file.resolveSibling("loop"), Path.of("loop"));
        Files.write(file, "é".getBytes(StandardCharsets.UTF_16));

        assertThat(reason(loop)).startsWith("Too many levels of symbolic links");
        assertThat(reason(file.resolveSibling("none"))).isEqualTo("there is no such file");
        assertThat(reason(file)).isEqualTo("it is not text in UTF-8");
        assertThatThrownBy(() -> BoundedFile.text(file, 9)).isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(() -> BoundedFile.text(file.resolveSibling("none"), 9))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static String reason(Path unreadable) {
        try {
            return BoundedFile.text(unreadable, 9);
        } catch (IOException e) {
            return BoundedFile.reason(e);
        }
    }

    @Test
    void whatIsThereAndIsNoFileIsNotSaidToBeMissing(@TempDir Path place) throws IOException {
        // A directory x.env was said not to be there, to somebody who saw it.
        Path directory = Files.createDirectory(place.resolve("x.env"));

        assertThat(BoundedFile.missing(directory, "x.env")).isEqualTo("'x.env' is a directory, not a file");
        assertThat(BoundedFile.missing(Path.of("/dev/null"), "null")).isEqualTo("'null' is no regular file");
        assertThat(BoundedFile.missing(place.resolve("y.env"), "y.env")).isEqualTo("there is no file 'y.env'");
    }

    private void isNoFile() {
        assertThatThrownBy(() -> BoundedFile.bytes(file, 9))
                .isInstanceOfSatisfying(
                        UnfitFile.class, e -> assertThat(e.code()).isEqualTo("not-a-file"));
    }
}
