package org.meridian.drivers.secretcommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.SecretStore.Wanted;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.secret.DotEnvText;
import org.meridian.testkit.SecretStoreContract;

/** Real programs, in a directory of their own. */
final class CommandSecretsTest extends SecretStoreContract {
    private final Path directory;

    CommandSecretsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected SecretStore store() {
        return new CommandSecrets(directory, new LocalProcesses());
    }

    @Override
    protected String put(Map<String, String> values) {
        return write(DotEnvText.of(values));
    }

    @Override
    protected String putNonsense() {
        return write("{\"A\": " + VALUE + "}");
    }

    @Override
    protected String missing() {
        return "cat none.txt";
    }

    @Override
    protected String unknownVersion() {
        return "";
    }

    @Test
    void takes_json_too() throws InterruptedException {
        assertThat(values(write("{\"A\": \"1\", \"B\": 2}"))).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @Test
    void the_line_is_split_as_a_shell_would_and_no_shell_reads_it() throws InterruptedException {
        assertThat(values("printf 'A=%s\\n' \"two words $HOME\"")).isEqualTo(Map.of("A", "two words $HOME"));
    }

    @Test
    void a_script_beside_the_configuration_is_found() throws IOException, InterruptedException {
        Path script = directory.resolve("secrets-of");
        Files.writeString(script, "#!/bin/sh\necho \"WHERE=$1 $(pwd)\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        assertThat(values("./secrets-of eu")).isEqualTo(Map.of("WHERE", "eu " + directory.toRealPath()));
    }

    @Test
    void what_fails_is_told_with_its_exit_code_and_its_own_words_but_not_its_output() {
        Failure failure = failure("sh -c 'echo A=hunter2; echo you are not signed in >&2; exit 7'", Optional.empty());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED);
        assertThat(failure).hasMessageEndingWith("failed (exit 7)");
        assertThat(failure.diagnostic().detail()).isEqualTo("you are not signed in");
    }

    @Test
    void what_takes_too_long_is_ended() {
        var impatient = new CommandSecrets(directory, new LocalProcesses(), Duration.ofMillis(300));

        Failure failure = catchThrowableOfType(
                Failure.class, () -> impatient.fetch(new Wanted("sleep 60", Optional.empty(), "DE")));

        assertThat(failure).hasMessage("command:sleep 60 did not end within 300 ms and was ended");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED);
        assertThat(failure.diagnostic().suggestion()).contains("log in");
    }

    @Test
    void a_program_that_is_not_there_is_named() {
        assertThat(failure("no-such-program-here x", Optional.empty()))
                .hasMessageContaining("can't run no-such-program-here");
    }

    @Test
    void nothing_printed_is_no_secrets() {
        assertThat(failure("true", Optional.empty())).hasMessage("command:true printed nothing");
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        assertThat(failure("printf 'A=\\377\\n'", Optional.empty())).hasMessageContaining("not text in UTF-8");
    }

    private String write(String text) {
        try {
            Files.writeString(directory.resolve("secrets.txt"), text);
            return "cat secrets.txt";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
