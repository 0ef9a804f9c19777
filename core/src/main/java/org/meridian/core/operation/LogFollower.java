package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.logs.LogMerge;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.logs.SeenLines;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Time;

/** Reads one server's lines for as long as the server is there, over as many connections as it takes. */
final class LogFollower {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A new server that nobody could read by then may be in trouble; one that boots takes less. */
    private static final Duration BOOTING = Duration.ofMinutes(2);

    private final LogQuery query;
    private final boolean atFirst;
    private final Time time;
    private final Sightings sightings;
    private final LogSink sink;
    private final SeenLines seen = new SeenLines();
    private final AtomicBoolean saidGone = new AtomicBoolean();
    private final Instant begun;
    private volatile Server server;
    private volatile @Nullable Instant connected;
    private @Nullable Instant lost;
    private Duration pause = FIRST_PAUSE;

    LogFollower(Server server, LogQuery query, boolean atFirst, Time time, Sightings sightings, LogSink sink) {
        this.server = requireNonNull(server, "server is null");
        this.query = requireNonNull(query, "query is null");
        this.atFirst = atFirst;
        this.time = requireNonNull(time, "time is null");
        this.sightings = requireNonNull(sightings, "sightings is null");
        this.sink = requireNonNull(sink, "sink is null");
        this.begun = time.now();
    }

    /** It was seen again; of a new one, more is known then, such as its host key. */
    void saw(Server now) {
        server = now;
    }

    /** Reads to the end, or until the server is gone where lines are followed; tells whether it could be read. */
    boolean run(ServerAccess access, LogMerge.Feed feed) throws InterruptedException {
        while (true) {
            try (ServerAccess.LogReader reader = access.logs(server, request())) {
                connected();
                read(reader, feed);
                return true;
            } catch (Failure e) {
                if (!query.follow()) {
                    sink.remark(server.name(), "not read: " + e.diagnostic().summary());
                    return false;
                }
                if (!goesOn(e)) {
                    return true;
                }
            }
        }
    }

    private void read(ServerAccess.LogReader reader, LogMerge.Feed feed) throws InterruptedException {
        Optional<LogLine> next = reader.next();
        while (next.isPresent()) {
            pause = FIRST_PAUSE;
            if (seen.add(next.get())) {
                feed.add(next.get());
            }
            next = reader.next();
        }
    }

    private LogRequest request() {
        Instant before = connected;
        if (before == null) {
            return atFirst ? query.request() : query.requestFrom(Optional.empty());
        }
        // Of a server that has written nothing, what it wrote while nobody read; clocks may differ a little.
        return query.requestFrom(Optional.of(seen.resume().orElse(before.minusSeconds(5))));
    }

    private void connected() {
        if (lost != null) {
            sink.remark(server.name(), "read again; nothing that its containers still have is missing");
        }
        lost = null;
        connected = time.now();
    }

    /** Waits before the next try; false when the server is gone. */
    private boolean goesOn(Failure failure) throws InterruptedException {
        if (!sightings.isThere(server.name())) {
            gone();
            return false;
        }
        boolean boots = connected == null && !atFirst && time.now().isBefore(begun.plus(BOOTING));
        if (lost == null && !boots) {
            sink.remark(
                    server.name(),
                    "not read" + last() + ": " + failure.diagnostic().summary() + "; trying again");
            lost = time.now();
        }
        time.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        return true;
    }

    /** Says once that there is nothing more to come, if there was anything. */
    void gone() {
        if (connected != null && !saidGone.getAndSet(true)) {
            sink.remark(server.name(), "gone" + last());
        }
    }

    private String last() {
        return seen.latest()
                .map(at -> " after " + at.truncatedTo(ChronoUnit.MILLIS))
                .orElse("");
    }
}
