package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Meridian gets to machines over SSH.
 *
 * @param user        who logs in where neither the machine's address nor the SSH configuration says; empty for the
 *                    person's own name
 * @param keys        private key files to log in with; empty for those of the SSH configuration and the usual ones
 * @param agent       the agent's socket; empty to use none
 * @param config      the SSH configuration; empty to read none
 * @param knownHosts  the files of known host keys; at least one, which need not exist
 * @param jump        the machines to go through, in order, to every machine; empty for what the SSH configuration says
 * @param connections how many connections may be open at the same time; 1 or greater
 * @param connectWithin how long connecting to a machine may take
 */
public record SshSettings(
        Optional<String> user,
        List<Path> keys,
        Optional<Path> agent,
        Optional<Path> config,
        List<Path> knownHosts,
        List<SshAddress> jump,
        int connections,
        Duration connectWithin) {
    /** As many connections as stay well below what a process may open, and as most fleets need. */
    public static final int USUAL_CONNECTIONS = 128;

    /** How long connecting may take unless something else is written. */
    public static final Duration USUAL_WITHIN = Duration.ofSeconds(10);

    /** Copies the lists and checks the number. */
    public SshSettings {
        requireNonNull(user, "user is null");
        keys = List.copyOf(keys);
        requireNonNull(agent, "agent is null");
        requireNonNull(config, "config is null");
        knownHosts = List.copyOf(knownHosts);
        jump = List.copyOf(jump);
        requireNonNull(connectWithin, "connectWithin is null");
        if (connections < 1) {
            throw new IllegalArgumentException("at least one connection is needed, not " + connections);
        }
        if (knownHosts.isEmpty()) {
            throw new IllegalArgumentException("a file of known hosts is needed");
        }
    }
}
