package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Learns the servers' SSH host keys from the engine that made them, not from whoever answers on the network. */
final class HostKeys {
    private static final Duration READING = Duration.ofSeconds(10);

    private final HostKeyFile known;
    private final CommandRunner docker;

    HostKeys(HostKeyFile known, CommandRunner docker) {
        this.known = requireNonNull(known, "known is null");
        this.docker = requireNonNull(docker, "docker is null");
    }

    /** The server's public key in OpenSSH's form; empty while the server does not run or has made none yet. */
    Optional<String> of(LocalServer server) throws InterruptedException {
        return find(server, ServerCommands.hostKey(server.id()).within(READING));
    }

    /** Waits a while for the key that a server makes on its first boot, and remembers it. */
    void await(LocalServer server) throws InterruptedException {
        find(server, ServerCommands.awaitHostKey(server.id()));
    }

    private Optional<String> find(LocalServer server, Command asking) throws InterruptedException {
        if (!server.running()) {
            return Optional.empty();
        }
        Optional<String> pinned = known.of(server.id());
        if (pinned.isPresent()) {
            return pinned;
        }
        CommandResult result = docker.run(asking);
        Optional<String> key = Optional.of(result.output().strip())
                .filter(text -> result.succeeded() && text.startsWith("ssh-ed25519 "))
                .map(HostKeys::withoutComment);
        key.ifPresent(text -> known.keep(server.id(), text));
        return key;
    }

    private static String withoutComment(String key) {
        String[] parts = key.split(" ", 3);
        return parts[0] + " " + parts[1];
    }
}
