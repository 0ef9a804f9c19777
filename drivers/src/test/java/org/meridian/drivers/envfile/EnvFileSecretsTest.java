package org.meridian.drivers.envfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore.Values;

final class EnvFileSecretsTest {
    private final Path directory;

    EnvFileSecretsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void reads_plain_values() throws IOException {
        assertThat(read("A=1\n\n# comment\nexport B = two words \nC=\nD=x # comment\nE=x#y\nF=#none\r\nG=a=b\n"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("A", "1", "B", "two words", "C", "", "D", "x", "E", "x#y", "F", "", "G", "a=b"));
    }

    @Test
    void reads_quoted_values() throws IOException {
        assertThat(read("A='it # $x \\n'\nB=\"a\\n\\\"b\\\" \\\\ \\$x \\q\" # c\nC='one\ntwo'\nD=\"\"\n"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("A", "it # $x \\n", "B", "a\n\"b\" \\ $x \\q", "C", "one\ntwo", "D", ""));
    }

    @Test
    void expands_nothing() throws IOException {
        assertThat(read("A=$HOME ${B} `id`")).containsEntry("A", "$HOME ${B} `id`");
    }

    @Test
    void tells_every_problem_with_its_place_and_no_value() throws IOException {
        Failure failure = failure("GOOD=1\n  hunter2\n1A=hunter2\nGOOD=hunter2\nB='hunter2' hunter2\nC=\"hunter2\n");

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostics())
                .extracting(problem -> problem.where().orElseThrow().toString())
                .containsExactly("s.env:2:3", "s.env:3:1", "s.env:4:1", "s.env:5:13", "s.env:6:3");
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2").contains("GOOD is set a second time");
    }

    @Test
    void names_a_file_that_is_not_there() {
        assertThatThrownBy(() -> new EnvFileSecrets(directory).fetch("env-file:none.env"))
                .hasMessage("can't read the secrets in none.env: there is no such file");
    }

    @Test
    void refuses_what_is_not_text() throws IOException {
        Files.write(directory.resolve("s.env"), new byte[] {'A', '=', (byte) 0xff});

        assertThatThrownBy(() -> new EnvFileSecrets(directory).fetch("s.env")).hasMessageContaining("UTF-8");
    }

    @Test
    void has_a_version_that_changes_with_the_content_alone() throws IOException {
        String first = values("A=1\n").version();

        assertThat(first).matches("[0-9a-f]{12}").isEqualTo(values("A=1\n").version());
        assertThat(values("A=2\n").version()).isNotEqualTo(first);
    }

    @Test
    void shows_no_value() throws IOException {
        assertThat(values("A=hunter2\n").toString()).doesNotContain("hunter2");
    }

    private Failure failure(String text) throws IOException {
        Files.writeString(directory.resolve("s.env"), text);
        return catchThrowableOfType(Failure.class, () -> new EnvFileSecrets(directory).fetch("s.env"));
    }

    private Map<String, String> read(String text) throws IOException {
        return values(text).values().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().reveal()));
    }

    private Values values(String text) throws IOException {
        Files.writeString(directory.resolve("s.env"), text);
        return new EnvFileSecrets(directory).fetch("s.env");
    }
}
