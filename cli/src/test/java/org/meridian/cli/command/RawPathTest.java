package org.meridian.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.Main;

/** A directory whose name is in another encoding than the locale's, which Java can't reach. */
@Timeout(600)
final class RawPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd %s && java status",
                "cd %s && java init",
                "cd %s && java deploy --yes",
                "java status -c %s/meridian.yml"
            })
    void the_bytes_of_the_path_are_named_as_what_is_wrong(String line, @TempDir Path directory) throws Exception {
        String name = "$'caf\\xe9'";
        String script =
                "mkdir " + name + "; for f in meridian.yml compose.yaml; do echo 'a: b' > " + name + "/$f; done\n"
                        + "java() { '" + System.getProperty("java.home") + "/bin/java' -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"; }\n"
                        + line.formatted(name);
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");

        Process process = builder.start();
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(errors).contains("bytes of its path are no text in UTF-8", "symbolic link");
    }
}
