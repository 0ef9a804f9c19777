package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.logs.LogMerge;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Tasks;

/** One reader for each server that is there; looks at the world from time to time for those that come and go. */
final class LogFollowers implements AutoCloseable {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);

    /** Looking costs some providers much, so it is done a small part of the time. */
    private static final int PAUSE_PER_LOOK = 9;

    private final World world;
    private final ServerAccess access;
    private final LogQuery query;
    private final LogMerge merge;
    private final LogSink sink;
    private final Map<ServerName, Reading> readers = new HashMap<>();
    private final List<Tasks.Background> watch = new ArrayList<>();
    private final AtomicInteger unread = new AtomicInteger();
    private final Sightings sightings = new Sightings();

    LogFollowers(World world, ServerAccess access, LogQuery query, LogMerge merge, LogSink sink) {
        this.world = requireNonNull(world, "world is null");
        this.access = requireNonNull(access, "access is null");
        this.query = requireNonNull(query, "query is null");
        this.merge = requireNonNull(merge, "merge is null");
        this.sink = requireNonNull(sink, "sink is null");
    }

    /** Begins to read from these of the servers that are there. */
    void begin(List<Server> there, List<Server> wanted) {
        sightings.saw(names(there));
        wanted.forEach(server -> follow(server, true));
        if (query.follow()) {
            watch.add(world.tasks().start("watch for servers", this::watch));
        } else {
            merge.end();
        }
    }

    /** How many servers could not be read. */
    int unread() {
        return unread.get();
    }

    @Override
    public void close() {
        watch.forEach(Tasks.Background::close);
        readers.values().forEach(reading -> reading.task().close());
    }

    private void follow(Server server, boolean atFirst) {
        LogMerge.Feed feed = merge.open();
        LogFollower follower = new LogFollower(server, query, atFirst, world.time(), sightings, sink);
        Tasks.Background task = world.tasks().start("logs of " + server.name(), () -> {
            try (feed) {
                if (!follower.run(access, feed)) {
                    unread.incrementAndGet();
                }
            }
        });
        readers.put(server.name(), new Reading(follower, task));
    }

    private void watch() throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            sightings.awaitWish(pause);
            long begun = world.time().nanos();
            look();
            Duration rest = Duration.ofNanos(world.time().nanos() - begun).multipliedBy(PAUSE_PER_LOOK);
            pause = rest.compareTo(SHORTEST_PAUSE) > 0 ? rest : SHORTEST_PAUSE;
        }
    }

    private void look() throws InterruptedException {
        long number = sightings.begin();
        List<Server> there;
        try {
            there = world.fleets().observe().servers();
        } catch (Failure e) {
            // The next look may go better; those who are read are read on.
            sightings.failed(number);
            return;
        }
        leave(names(there));
        for (Server server : there) {
            Optional.ofNullable(readers.get(server.name()))
                    .ifPresent(reading -> reading.follower().saw(server));
        }
        there.stream()
                .filter(query::wants)
                .filter(server -> server.address().isPresent() && !readers.containsKey(server.name()))
                .forEach(server -> follow(server, false));
        sightings.saw(number, names(there));
    }

    /** A machine that is gone does not always say so on its connections. */
    private void leave(Set<ServerName> there) {
        List<ServerName> gone =
                readers.keySet().stream().filter(name -> !there.contains(name)).toList();
        for (ServerName name : gone) {
            Reading reading = requireNonNull(readers.remove(name));
            reading.task().close();
            reading.follower().gone();
        }
    }

    private static Set<ServerName> names(List<Server> servers) {
        return servers.stream().map(Server::name).collect(Collectors.toSet());
    }

    private record Reading(LogFollower follower, Tasks.Background task) {}
}
