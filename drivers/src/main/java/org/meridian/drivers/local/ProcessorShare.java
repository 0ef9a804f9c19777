package org.meridian.drivers.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.meridian.core.model.ServerName;
import org.meridian.drivers.command.Command;

/**
 * How much of the processors a local container gets while several want them; an idle machine is given to whoever asks.
 *
 * <p>Docker's {@code --cpu-shares}, of which 1024 is usual; the engine translates them where it has cgroup v2.
 */
enum ProcessorShare {
    /** A server that boots, pulls and starts: everybody before it. */
    BOOTING(32),
    /** A server that has, or had, traffic. */
    SERVING(1024),
    /** The edge, which every request goes through twice; its fair share among a dozen servers is less than it needs. */
    EDGE(16384);

    private final int shares;

    ProcessorShare(int shares) {
        this.shares = shares;
    }

    List<String> options() {
        return List.of("--cpu-shares", value());
    }

    /** As Docker prints it. */
    String value() {
        return Integer.toString(shares);
    }

    /** Gives it to servers that exist, running or not. */
    Command give(Collection<ServerName> servers) {
        List<String> argv = new ArrayList<>(List.of("docker", "update"));
        argv.addAll(options());
        servers.forEach(server -> argv.add(server.value()));
        return Command.of(argv);
    }
}
