package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Time;

/** What servers use: asked every few seconds, a few at a time, since each question is a command on the server. */
final class Usages {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int AT_ONCE = 4;

    private final Optional<ServerAccess> access;
    private final Time time;
    private final Map<ServerName, Known> known = new ConcurrentHashMap<>();
    private final Set<ServerName> asking = ConcurrentHashMap.newKeySet();
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Usages(Optional<ServerAccess> access, Time time) {
        this.access = requireNonNull(access, "access is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** Begins to ask those of which it is time; waits for none. */
    void look(Collection<Server> servers) {
        Set<ServerName> names = servers.stream().map(Server::name).collect(Collectors.toSet());
        known.keySet().retainAll(names);
        access.ifPresent(way -> servers.stream()
                .filter(this::due)
                .filter(server -> asking.add(server.name()))
                .forEach(server ->
                        Thread.ofVirtual().name("usage of " + server.name()).start(() -> ask(way, server))));
    }

    /** What is known of a server. */
    Known of(ServerName server) {
        return known.getOrDefault(server, Known.NOTHING);
    }

    private boolean due(Server server) {
        boolean reachable =
                server.state() == Server.State.RUNNING && server.address().isPresent();
        Known now = of(server.name());
        return reachable && (now.nanos == 0 || time.agingNanos() - now.nanos >= EVERY.toNanos());
    }

    private void ask(ServerAccess way, Server server) {
        try {
            turns.acquire();
            try {
                known.put(server.name(), answer(way, server));
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking.remove(server.name());
        }
    }

    private Known answer(ServerAccess way, Server server) throws InterruptedException {
        try {
            ServerUsage usage = way.usage(server);
            return new Known(time.agingNanos(), Optional.of(view(usage)), containers(usage), Optional.empty());
        } catch (Failure e) {
            Known before = of(server.name());
            Diagnostic problem = e.diagnostic();
            return new Known(time.agingNanos(), before.usage, before.containers, Optional.of(problem.summary()));
        }
    }

    private ServerView.Usage view(ServerUsage usage) {
        Instant now = time.now();
        return new ServerView.Usage(
                Rounded.tenth(usage.cpuPercent()), amount(usage.memory()), amount(usage.disk()), now);
    }

    private static ServerView.Amount amount(ServerUsage.Amount amount) {
        return new ServerView.Amount(amount.used(), amount.total());
    }

    private static List<ServerView.Container> containers(ServerUsage usage) {
        return usage.containers().stream().map(ServerView.Container::of).toList();
    }

    /**
     * What is known of a server.
     *
     * @param nanos      when it was asked last; 0 before that
     * @param usage      what it uses; empty before it answered
     * @param containers what runs on it
     * @param problem    why it did not answer last; empty when it did
     */
    record Known(
            long nanos,
            Optional<ServerView.Usage> usage,
            List<ServerView.Container> containers,
            Optional<String> problem) {
        static final Known NOTHING = new Known(0, Optional.empty(), List.of(), Optional.empty());
    }
}
