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
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;

/** The script that makes a machine fit, in a world of programs that only play their parts. */
final class ReadyScriptTest {
    private static final String DOCKER = """
            #!/bin/sh
            here=${0%/*}
            [ "$1 $2" = "compose version" ] && [ -e "$here/compose-version" ] || exit 1
            cat "$here/compose-version"
            """;
    private static final String APT_GET = """
            #!/bin/sh
            here=${0%/*}
            echo "$*" >>"$here/apt.log"
            case "$*" in *" install "*docker-compose*) echo 2.26.1 >"$here/compose-version" ;; esac
            case "$*" in *" install "*curl*) cp "$here/systemctl" "$here/curl" ;; esac
            case "$*" in *" install "*docker.io*) mv "$here/docker-to-be" "$here/docker" ;; esac
            """;
    private static final String NOTHING = "#!/bin/sh\nexit 0\n";

    private final Path bin;

    ReadyScriptTest(@TempDir Path directory) {
        this.bin = directory;
    }

    @BeforeEach
    void aMachineThatHasEverything() throws IOException {
        for (String tool : List.of("cat", "cp", "mv", "grep", "sort", "head")) {
            program(tool, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
        }
        program("systemctl", NOTHING);
        program("dockerd", NOTHING);
        program("curl", NOTHING);
        program("docker", DOCKER);
        program("apt-get", APT_GET);
        compose("2.27.0");
        candidates("docker.io|docker-cli", "docker-compose");
    }

    @Test
    void a_machine_that_has_everything_is_left_alone() throws Exception {
        CommandResult ready = run();

        assertThat(ready.exitCode()).as(ready.errors()).isZero();
        assertThat(ready.output()).isEmpty();
        assertThat(bin.resolve("apt.log")).doesNotExist();
    }

    @Test
    void what_is_missing_is_installed_from_the_distributions_packages() throws Exception {
        Files.delete(bin.resolve("compose-version"));
        Files.delete(bin.resolve("curl"));
        Files.move(bin.resolve("docker"), bin.resolve("docker-to-be"));

        CommandResult ready = run();

        assertThat(ready.exitCode()).as(ready.errors()).isZero();
        assertThat(ready.output())
                .isEqualToIgnoringNewLines("installed curl ca-certificates docker.io docker-cli docker-compose");
        assertThat(Files.readAllLines(bin.resolve("apt.log"))).hasSize(2);
    }

    @Test
    void a_system_without_compose_2_is_told_where_to_get_it() throws Exception {
        Files.delete(bin.resolve("compose-version"));
        candidates("docker.io", "none");

        assertThat(run().errors())
                .contains("this system has no package of Docker Compose version 2. Install Docker Engine");
    }

    @Test
    void a_system_without_apt_is_told_what_is_missing() throws Exception {
        Files.delete(bin.resolve("compose-version"));
        Files.delete(bin.resolve("curl"));
        Files.delete(bin.resolve("apt-get"));

        CommandResult ready = run();

        assertThat(ready.exitCode()).isEqualTo(1);
        assertThat(ready.errors())
                .startsWith("missing here: compose curl; Meridian installs packages with apt-get only");
    }

    @Test
    void a_compose_that_is_too_old_is_refused() throws Exception {
        compose("v2.20.3");

        assertThat(run().errors()).startsWith("Docker Compose is v2.20.3 here, and 2.24.4 is needed");
        compose("2.24.4");
        assertThat(run().exitCode()).isZero();
    }

    @Test
    void a_machine_without_systemd_is_refused() throws Exception {
        Files.delete(bin.resolve("systemctl"));

        assertThat(run().errors()).startsWith("there is no systemd here");
    }

    private CommandResult run() throws InterruptedException {
        return new LocalProcesses().run(Command.of("env", "PATH=" + bin, "/bin/sh", "-c", Scripts.read("ready")));
    }

    private void compose(String version) throws IOException {
        Files.writeString(bin.resolve("compose-version"), version + "\n");
    }

    /** The packages of that names pattern are there; the docker-compose of a Debian 13, or only version 1. */
    private void candidates(String packages, String compose) throws IOException {
        program("apt-cache", """
                #!/bin/sh
                case $2 in
                  %s) echo "  Candidate: 26.1" ;;
                  %s) echo "  Candidate: 2.26.1" ;;
                  docker-compose) echo "  Candidate: 1.29.2" ;;
                  *) echo "  Candidate: (none)" ;;
                esac
                """.formatted(packages, compose));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
