package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;

final class KeptDeployKeyTest {
    private final Path directory;

    KeptDeployKeyTest(@TempDir Path directory) {
        this.directory = directory.resolve("ssh");
    }

    @Test
    void makes_a_key_that_only_its_owner_can_read() throws IOException {
        String made = new KeptDeployKey(LocalDirectory.at(directory)).publicKey();

        assertThat(made).startsWith("ssh-ed25519 AAAA").doesNotContain("\n");
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("id_ed25519"))).isEqualTo("rw-------");
    }

    @Test
    void keeps_the_key_it_made() {
        String made = new KeptDeployKey(LocalDirectory.at(directory)).publicKey();

        assertThat(new KeptDeployKey(LocalDirectory.at(directory)).publicKey()).isEqualTo(made);
        assertThat(PublicKeyEntry.toString(new KeptDeployKey(LocalDirectory.at(directory))
                        .keyPair()
                        .getPublic()))
                .isEqualTo(made);
    }

    @Test
    void writes_the_form_that_ssh_itself_reads() throws Exception {
        String made = new KeptDeployKey(LocalDirectory.at(directory)).publicKey();

        Process keygen = new ProcessBuilder(
                        "ssh-keygen",
                        "-y",
                        "-f",
                        directory.resolve("id_ed25519").toString())
                .start();

        assertThat(new String(keygen.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                .startsWith(made);
    }

    @Test
    void makes_the_public_key_again_from_the_private_one() throws IOException {
        String made = new KeptDeployKey(LocalDirectory.at(directory)).publicKey();
        Files.delete(directory.resolve("id_ed25519.pub"));

        assertThat(new KeptDeployKey(LocalDirectory.at(directory)).publicKey()).isEqualTo(made);
    }

    @Test
    void names_a_key_file_that_is_broken() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("id_ed25519"), "not a key\n");

        assertThatThrownBy(() -> new KeptDeployKey(LocalDirectory.at(directory)).keyPair())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("can't use the SSH key " + directory.resolve("id_ed25519"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_public_key_that_is_empty_or_cut_off_is_written_again() throws Exception {
        String made = new KeptDeployKey(LocalDirectory.at(directory)).publicKey();
        for (String broken : new String[] {"", "ssh-ed25519 AAAAC3Nz", "\0\0"}) {
            Files.writeString(directory.resolve("id_ed25519.pub"), broken);

            assertThat(new KeptDeployKey(LocalDirectory.at(directory)).publicKey())
                    .isEqualTo(made);
            assertThat(directory.resolve("id_ed25519.pub")).hasContent(made);
        }
    }

    @Test
    void a_private_key_that_is_empty_cut_off_or_garbage_is_named() throws Exception {
        new KeptDeployKey(LocalDirectory.at(directory)).publicKey();
        Path file = directory.resolve("id_ed25519");
        String whole = Files.readString(file);
        for (String broken : new String[] {"", whole.substring(0, 60), whole.replace('A', '!'), "\0\1\2", "{}"}) {
            Files.writeString(file, broken);

            assertThatThrownBy(() -> new KeptDeployKey(LocalDirectory.at(directory)).keyPair())
                    .as("<%s>", broken)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
