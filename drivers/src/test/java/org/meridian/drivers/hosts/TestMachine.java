package org.meridian.drivers.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.HostDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.command.LocalProcesses;

/**
 * A machine that is a directory: the real scripts run in it, with a systemctl and a docker that only note what they were
 * asked for.
 */
final class TestMachine implements CommandRunner {
    private static final String SYSTEMCTL = """
            #!/bin/sh
            here=$(dirname "$0")/..
            case $1 in
              is-active) if [ -e "$here/active/$2" ]; then echo active; else echo inactive; exit 3; fi ;;
              start) touch "$here/active/$2" ;;
              disable) rm -f "$here/active/$4" ;;
            esac
            """;
    private static final String DOCKER = """
            #!/bin/sh
            echo "$*" >>"$(dirname "$0")/../docker.log"
            case $1 in ps) echo c1 ;; inspect) echo app@sha256:1 ;; esac
            """;

    private final Path root;
    private final String name;
    private final LocalProcesses processes = new LocalProcesses();
    private Optional<CommandResult> everyAnswer = Optional.empty();
    private boolean down;

    TestMachine(Path parent, String name) {
        this.name = name;
        this.root = parent.resolve(name);
        try {
            for (String directory : List.of("bin", "active", "units", "home")) {
                Files.createDirectories(root.resolve(directory));
            }
            program("systemctl", SYSTEMCTL);
            program("docker", DOCKER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void program(String program, String text) throws IOException {
        Path file = Files.writeString(root.resolve("bin").resolve(program), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Machine machine() {
        return new Machine(SshAddress.parse("ops@" + name), Optional.of("10.0.0." + name.length()));
    }

    /** From now on it does not answer, or does again. */
    void down(boolean isDown) {
        down = isDown;
    }

    /** Every command ends like this. */
    void answers(int exitCode, String errors) {
        everyAnswer = Optional.of(new CommandResult(Command.of("x"), exitCode, "", errors));
    }

    /** Somebody stops what had been started. */
    void stop(ServerName server) {
        try {
            Files.createFile(home().resolve(server.value()).resolve("current"));
            Files.deleteIfExists(root.resolve("active/meridian-" + server + ".service"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return root.resolve("home");
    }

    Path units() {
        return root.resolve("units");
    }

    List<String> dockerLog() throws IOException {
        Path log = root.resolve("docker.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        if (down) {
            throw Failure.of(Diagnostic.of(HostDriver.UNREACHABLE, "no SSH connection to " + name, "See."));
        }
        if (everyAnswer.isPresent()) {
            return everyAnswer.get();
        }
        List<String> argv =
                new ArrayList<>(List.of("env", "PATH=" + root.resolve("bin") + ":" + System.getenv("PATH")));
        for (String argument : command.argv()) {
            argv.add(
                    argument.equals("HOME")
                            ? home().toString()
                            : argument.equals("UNITS") ? units().toString() : argument);
        }
        return processes.run(new Command(argv, command.input(), command.timeout()));
    }

    /** The way to several such machines. */
    static MachineAccess access(List<TestMachine> machines) {
        return new MachineAccess() {
            @Override
            public CommandRunner to(SshAddress machine) {
                return named(machine);
            }

            @Override
            public String hostKey(SshAddress machine) {
                return "ssh-ed25519 " + machine.host();
            }

            @Override
            public String host(SshAddress machine) {
                return machine.host();
            }

            private TestMachine named(SshAddress machine) {
                return machines.stream()
                        .filter(one -> one.name.equals(machine.host()))
                        .findFirst()
                        .orElseThrow();
            }
        };
    }
}
