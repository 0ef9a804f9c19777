package org.meridian.drivers.envfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.secret.DotEnvText;
import org.meridian.testkit.SecretStoreContract;

final class EnvFileSecretsTest extends SecretStoreContract {
    private final Path directory;

    EnvFileSecretsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected SecretStore store() {
        return new EnvFileSecrets(directory);
    }

    @Override
    protected String put(Map<String, String> values) {
        return write(DotEnvText.of(values));
    }

    @Override
    protected String putNonsense() {
        return write("A=1\n" + VALUE + "\n");
    }

    @Override
    protected String missing() {
        return "none.env";
    }

    @Override
    protected String unknownVersion() {
        return "";
    }

    @Test
    void names_a_file_that_is_not_there() {
        assertThat(failure("none.env", Optional.empty()))
                .hasMessage("can't read the secrets in none.env: there is no such file");
    }

    @Test
    void tells_the_line_and_column_of_a_mistake() {
        Failure failure = failure(write("A=1\n  hunter2\n"), Optional.empty());

        assertThat(failure.diagnostic().where().orElseThrow()).hasToString("s.env:2:3");
    }

    @Test
    void refuses_what_is_not_text() throws IOException {
        Files.write(directory.resolve("s.env"), new byte[] {'A', '=', (byte) 0xff});

        assertThat(failure("s.env", Optional.empty())).hasMessageContaining("UTF-8");
    }

    private String write(String text) {
        try {
            Files.writeString(directory.resolve("s.env"), text);
            return "s.env";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
