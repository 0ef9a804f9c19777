package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.local.LocalDirectory;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;

/** The script that replaces a host key, killed at each of its steps, with the real ssh-keygen. */
final class HostKeyScriptTest {
    private final Path directory;
    private final Path bin;
    private final Path settings;
    private final String key;
    private final String publicKey;

    HostKeyScriptTest(@TempDir Path directory) {
        this.directory = directory;
        this.bin = directory.resolve("bin");
        this.settings = directory.resolve("ssh");
        DerivedHostKeys keys = new DerivedHostKeys(new KeptDeployKey(LocalDirectory.at(directory.resolve("deployer"))));
        key = keys.privateKey("one").reveal();
        publicKey = keys.publicKey("one");
    }

    @BeforeEach
    void anSshdThatTakesEverything() throws IOException {
        Files.createDirectories(bin);
        Files.createDirectories(settings.resolve("sshd_config.d"));
        program("sshd", "exit 0");
        program("systemctl", "echo \"$*\" >>" + directory + "/told");
    }

    @Test
    void sshd_is_told_to_use_the_new_key_alone() throws Exception {
        CommandResult replaced = run();

        assertThat(replaced.exitCode()).as(replaced.errors()).isZero();
        Path file = settings.resolve("ssh_host_meridian_ed25519_key");
        assertThat(file).hasContent(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(settings.resolve("ssh_host_meridian_ed25519_key.pub")))
                .startsWith(publicKey);
        assertThat(settings.resolve("sshd_config.d/05-meridian-host-key.conf")).hasContent("HostKey " + file);
        assertThat(directory.resolve("told")).hasContent("reload-or-restart ssh.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-keygen", "chmod", "sync", "mv", "sshd", "systemctl"})
    void cut_off_at_any_step_it_is_finished_by_the_next_run(String step) throws Exception {
        program(step, "kill -9 $PPID; exec sleep 1");
        assertThat(run().exitCode()).isNotZero();
        // What sshd would be started with now is one whole key or the other.
        Path file = settings.resolve("sshd_config.d/05-meridian-host-key.conf");
        if (Files.exists(file)) {
            assertThat(Path.of(Files.readString(file).strip().replace("HostKey ", "")))
                    .hasContent(key);
        }
        Files.delete(bin.resolve(step));
        anSshdThatTakesEverything();

        sshd_is_told_to_use_the_new_key_alone();
    }

    @Test
    void what_is_no_key_changes_nothing() throws Exception {
        CommandResult replaced = new LocalProcesses().run(command().reading("no key\n"));

        assertThat(replaced.exitCode()).isNotZero();
        assertThat(settings.resolve("sshd_config.d")).isEmptyDirectory();
        assertThat(directory.resolve("told")).doesNotExist();
    }

    @Test
    void settings_that_sshd_does_not_take_are_taken_back() throws Exception {
        program("sshd", "exit 1");

        assertThat(run().exitCode()).isNotZero();
        assertThat(settings.resolve("sshd_config.d")).isEmptyDirectory();
        assertThat(directory.resolve("told")).doesNotExist();
    }

    private CommandResult run() throws InterruptedException {
        return new LocalProcesses().run(command().reading(key));
    }

    private Command command() {
        return Command.of(List.of(
                "env",
                "PATH=" + bin + ":" + System.getenv("PATH"),
                "sh",
                "-c",
                Scripts.read("hostkey"),
                "hostkey",
                settings.toString()));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
