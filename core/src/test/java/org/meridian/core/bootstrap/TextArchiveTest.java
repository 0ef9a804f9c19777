package org.meridian.core.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextArchiveTest {
    @Test
    void is_unpacked_by_the_systems_own_tar(@TempDir Path directory) throws Exception {
        TextArchive archive = TextArchive.empty()
                .with("empty", 0600, "")
                .with("start", 0755, "#!/bin/sh\n")
                .with("umlaut", 0640, "Grüße, 世界 𝄞\n".repeat(100));

        unpack(archive, directory);

        assertThat(directory.resolve("empty")).isEmptyFile();
        assertThat(directory.resolve("umlaut")).hasContent("Grüße, 世界 𝄞\n".repeat(100));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("start"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void refuses_names_that_do_not_fit() {
        assertThatThrownBy(() -> TextArchive.empty().with("x".repeat(100), 0600, ""))
                .hasMessageContaining("1 to 99");
        assertThatThrownBy(() -> TextArchive.empty().with("ü", 0600, "")).hasMessageContaining("ASCII");
    }

    @Test
    void does_not_show_what_is_in_it() {
        assertThat(TextArchive.empty().with("env", 0600, "PASSWORD=hunter2").toString())
                .doesNotContain("hunter2");
    }

    private static void unpack(TextArchive archive, Path directory) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-xpf", "-", "-C", directory.toString())
                .redirectErrorStream(true)
                .start();
        try (var input = tar.getOutputStream()) {
            input.write(archive.text().reveal().getBytes(UTF_8));
        }
        String output = new String(tar.getInputStream().readAllBytes(), UTF_8);
        assertThat(tar.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(tar.exitValue()).as(output).isZero();
    }
}
