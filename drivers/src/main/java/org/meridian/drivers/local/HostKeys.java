package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Learns the machines' SSH host keys from the engine that made them, not from whoever answers on the network. */
final class HostKeys {
    private static final Duration READING = Duration.ofSeconds(10);

    private final HostKeyFile known;
    private final CommandRunner docker;

    HostKeys(HostKeyFile known, CommandRunner docker) {
        this.known = requireNonNull(known, "known is null");
        this.docker = requireNonNull(docker, "docker is null");
    }

    /** The machine's public key in OpenSSH's form; empty while it does not run or has made none yet. */
    Optional<String> of(LocalMachine machine) throws InterruptedException {
        return find(machine, MachineCommands.hostKey(machine.id()).within(READING));
    }

    /** Waits a while for the key that a machine makes on its first boot, and remembers it. */
    void await(LocalMachine machine) throws InterruptedException {
        find(machine, MachineCommands.awaitHostKey(machine.id()));
    }

    private Optional<String> find(LocalMachine machine, Command asking) throws InterruptedException {
        if (!machine.running()) {
            return Optional.empty();
        }
        Optional<String> pinned = known.of(machine.id());
        if (pinned.isPresent()) {
            return pinned;
        }
        CommandResult result = docker.run(asking);
        Optional<String> key = Optional.of(result.output().strip())
                .filter(text -> result.succeeded() && text.startsWith("ssh-ed25519 "))
                .map(HostKeys::withoutComment);
        key.ifPresent(text -> known.keep(machine.id(), text));
        return key;
    }

    private static String withoutComment(String key) {
        String[] parts = key.split(" ", 3);
        return parts[0] + " " + parts[1];
    }
}
