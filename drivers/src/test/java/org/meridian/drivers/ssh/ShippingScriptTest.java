package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

/** What a server says of its shipper, with a Docker that plays its part. */
final class ShippingScriptTest {
    private final Path directory;

    ShippingScriptTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void aReleaseThatShipsLogs() throws IOException {
        Files.createDirectories(directory.resolve("shop/current"));
        Files.createFile(directory.resolve("shop/current/vector.toml"));
        Files.writeString(directory.resolve("id"), "c1\n");
        Path docker = Files.writeString(directory.resolve("docker"), """
                #!/bin/sh
                here=${0%/*}
                case $1 in
                  ps) cat "$here/id" ;;
                  inspect) cat "$here/state" ;;
                  logs) echo "Configuration error: no such field" ;;
                esac
                """);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_shipper_that_ends_again_and_again_is_told_of_with_its_last_words() throws Exception {
        state("restarting 7 78 " + Instant.now());

        assertThat(said())
                .startsWith("it is restarting, has been started again 7 times, and last ended with exit code 78")
                .endsWith("Configuration error: no such field\n");

        state("running 7 78 " + Instant.now());
        assertThat(said()).startsWith("it is running, has been started again 7 times");
    }

    @Test
    void one_that_was_never_started_is_told_of() throws Exception {
        Files.writeString(directory.resolve("id"), "");

        assertThat(said()).startsWith("it has not been started");
    }

    @Test
    void one_that_runs_is_not() throws Exception {
        state("running 0 0 " + Instant.now());
        assertThat(said()).isEmpty();

        state("running 1 137 2026-01-01T00:00:00.123456789Z");
        assertThat(said()).isEmpty();
    }

    @Test
    void a_release_that_ships_nothing_needs_none() throws Exception {
        Files.delete(directory.resolve("shop/current/vector.toml"));
        Files.writeString(directory.resolve("id"), "");

        assertThat(said()).isEmpty();
    }

    private void state(String state) throws IOException {
        Files.writeString(directory.resolve("state"), state + "\n");
    }

    private String said() throws InterruptedException {
        return new LocalProcesses()
                .run(Command.of("env", "PATH=" + directory + ":" + System.getenv("PATH"))
                        .with("sh", "-c", Scripts.read("shipping"), "shipping", "shop", directory.toString()))
                .expect("looking", "");
    }
}
