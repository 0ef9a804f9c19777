package org.meridian.drivers.ssh;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
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
        for (String tool : List.of("cat", "cp", "mv", "rm", "mkdir", "grep", "sort", "head", "seq", "flock")) {
            program(tool, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
        }
        // What runs in a session of its own finds the parts that are played here, too.
        program("setsid", "#!/bin/sh\nexec /usr/bin/setsid \"$@\"\n");
        program("sh", "#!/bin/sh\nexec /bin/sh \"$@\"\n");
        program("sleep", NOTHING);
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
    void a_list_that_another_apt_holds_is_waited_for() throws Exception {
        Files.delete(bin.resolve("compose-version"));
        program("apt-get", APT_GET + """
                        case "$*" in *" update")
                          [ -e "$here/second" ] || {
                            echo >"$here/second"
                            echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)" >&2
                            exit 100
                          }
                        esac
                        """);

        CommandResult ready = run();

        assertThat(ready.exitCode()).as(ready.errors()).isZero();
        assertThat(Files.readAllLines(bin.resolve("apt.log"))).hasSize(3);
    }

    /** The real apt-get, and the lock that the real one takes: fcntl(2), which is what a FileLock is on Linux. */
    @Test
    void the_lock_that_the_real_apt_takes_is_waited_for() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")));
        Path lists = bin.resolve("lists");
        Files.createDirectories(lists.resolve("partial"));
        Files.createDirectories(bin.resolve("cache/archives/partial"));
        Files.delete(bin.resolve("compose-version"));
        program("sleep", "#!/bin/sh\nhere=${0%/*}\necho >>\"$here/waited\"\nexec /bin/sleep 0.1\n");
        program("apt-get", APT_GET + """
                case "$*" in *" update")
                  exec /usr/bin/env PATH=/usr/bin:/bin apt-get -o Dir::State::Lists="$here/lists" -o Dir::Cache="$here/cache" \\
                    -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=/dev/null "$@"
                esac
                """);

        CommandResult ready;
        try (FileChannel lock = FileChannel.open(lists.resolve("lock"), CREATE, WRITE);
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            FileLock held = requireNonNull(lock.lock());
            Future<CommandResult> running = other.submit(this::run);
            while (!Files.exists(bin.resolve("waited")) && !running.isDone()) {
                Thread.onSpinWait();
            }
            held.release();
            ready = running.get();
        }

        assertThat(ready.exitCode()).as(ready.errors()).isZero();
    }

    @Test
    void lists_that_cannot_be_read_for_another_reason_are_told_at_once() throws Exception {
        Files.delete(bin.resolve("compose-version"));
        program("apt-get", APT_GET + "echo 'E: The repository has no Release file' >&2\nexit 100\n");

        assertThat(run().errors()).contains("The repository has no Release file");
        assertThat(Files.readAllLines(bin.resolve("apt.log"))).hasSize(1);
    }

    /** A step of seconds asks several times while packages take minutes; the package manager is not cut off by that. */
    @Test
    void an_installation_that_outlasts_its_caller_goes_on_and_is_waited_for_by_the_next() throws Exception {
        Files.delete(bin.resolve("compose-version"));
        program(
                "apt-get",
                "#!/bin/sh\nhere=${0%/*}\nuntil [ -e \"$here/go-on\" ]; do /bin/sleep 0.1; done\n" + APT_GET);

        assertThatThrownBy(() -> new LocalProcesses().run(command().within(Duration.ofSeconds(1))))
                .isInstanceOf(Failure.class);
        Files.createFile(bin.resolve("go-on"));
        CommandResult ready = run();

        assertThat(ready.exitCode()).as(ready.errors()).isZero();
        assertThat(Files.readAllLines(bin.resolve("apt.log"))).hasSize(2);
    }

    @Test
    void a_machine_without_systemd_is_refused() throws Exception {
        Files.delete(bin.resolve("systemctl"));

        assertThat(run().errors()).startsWith("there is no systemd here");
    }

    private CommandResult run() throws InterruptedException {
        return new LocalProcesses().run(command());
    }

    private Command command() {
        return Command.of("env", "PATH=" + bin)
                .with("/bin/sh", "-c", Scripts.read("ready"), "ready", Scripts.read("install"), bin + "/ready");
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
