package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Tasks;
import org.meridian.web.stream.Feed;
import org.meridian.web.stream.Frame;

/** The lines of all servers that match, also of those that come later; a connection that is lost is made again. */
final class FollowedLogs implements AutoCloseable {
    private static final Duration NEW_SERVERS = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final World world;
    private final ServerAccess access;
    private final ServerChoice choice;
    private final LogRequest request;
    private final Optional<String> grep;
    private final Feed feed;
    private final Map<ServerName, Tasks.Background> readers = new HashMap<>();
    private Tasks.Background search = () -> {};

    FollowedLogs(
            World world,
            ServerAccess access,
            ServerChoice choice,
            LogRequest request,
            Optional<String> grep,
            Feed feed) {
        this.world = requireNonNull(world, "world is null");
        this.access = requireNonNull(access, "access is null");
        this.choice = requireNonNull(choice, "choice is null");
        this.request = requireNonNull(request, "request is null");
        this.grep = grep.map(text -> text.toLowerCase(Locale.ROOT));
        this.feed = requireNonNull(feed, "feed is null");
    }

    void start() {
        search = world.tasks().start("servers for logs", this::search);
    }

    private void search() throws InterruptedException {
        while (true) {
            try {
                follow(world.fleets().observe());
            } catch (Failure e) {
                lost("", e);
            }
            world.time().sleep(NEW_SERVERS);
        }
    }

    private synchronized void follow(Iterable<Server> servers) {
        Map<ServerName, Server> wanted = new HashMap<>();
        servers.forEach(server -> {
            if (choice.matches(server)) {
                wanted.put(server.name(), server);
            }
        });
        readers.entrySet().removeIf(reader -> {
            boolean gone = !wanted.containsKey(reader.getKey());
            if (gone) {
                reader.getValue().close();
            }
            return gone;
        });
        wanted.values()
                .forEach(server -> readers.computeIfAbsent(
                        server.name(), name -> world.tasks().start("logs of " + name, () -> read(server))));
    }

    private void read(Server server) throws InterruptedException {
        LogRequest next = request;
        while (true) {
            Optional<Instant> last = Optional.empty();
            try (ServerAccess.LogReader reader = access.logs(server, next)) {
                Optional<LogLine> line = reader.next();
                while (line.isPresent()) {
                    last = Optional.of(line.get().at());
                    send(line.get());
                    line = reader.next();
                }
            } catch (Failure e) {
                lost(server.name().value(), e);
            }
            next = last.map(this::since).orElse(next);
            world.time().sleep(AGAIN);
        }
    }

    /** Everything after the last line; what was written in the same instant may come twice rather than not at all. */
    private LogRequest since(Instant last) {
        return new LogRequest(request.service(), Optional.of(last), Integer.MAX_VALUE, true);
    }

    private void send(LogLine line) {
        boolean wanted = grep.map(text -> line.text().toLowerCase(Locale.ROOT).contains(text))
                .orElse(true);
        if (wanted) {
            feed.add(Frame.of("line", Line.of(line)));
        }
    }

    private void lost(String server, Failure failure) {
        feed.add(Frame.of(
                "lost", Map.of("server", server, "detail", failure.diagnostic().summary())));
    }

    @Override
    public void close() {
        search.close();
        synchronized (this) {
            readers.values().forEach(Tasks.Background::close);
        }
        feed.close();
    }

    private record Line(Instant at, String region, String server, String service, String release, String text) {
        static Line of(LogLine line) {
            return new Line(
                    line.at(),
                    line.region().value(),
                    line.server().value(),
                    line.service(),
                    line.release().toString(),
                    line.text());
        }
    }
}
