package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.web.security.Guard;
import org.meridian.web.security.Refused;
import org.meridian.web.security.Stay;
import org.meridian.web.stream.EventStream;
import org.meridian.web.stream.Feed;
import org.meridian.web.stream.Feeds;
import org.meridian.web.world.WorldWatch;

/** The world as it is, and what changes. */
public final class WorldApi {
    /** How long somebody waits for the world to be seen. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int LISTENERS = 100;

    private final WorldWatch watch;
    private final Feeds feeds;
    private final Semaphore places = new Semaphore(LISTENERS);

    /** Of that watch. */
    public WorldApi(WorldWatch watch, Feeds feeds) {
        this.watch = requireNonNull(watch, "watch is null");
        this.feeds = requireNonNull(feeds, "feeds is null");
    }

    /** The world now. */
    public void get(Context context) throws InterruptedException {
        JsonAnswers.write(context, watch.glance(PATIENCE).json());
    }

    /** The probes of the last minutes, oldest first, as far as somebody looked then. */
    public void probes(Context context) {
        JsonAnswers.write(context, watch.probes());
    }

    /** Everything that happens, until the client leaves. */
    public void events(Context context) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw new Refused(
                    503,
                    Diagnostic.of("too-many-listeners", LISTENERS + " clients listen already", "Close one of them."));
        }
        Stay stay = Guard.admission(context).stay();
        Feed feed = feeds.open();
        WorldWatch.Look look = watch.stay();
        Stay.Ending ending = stay.whenOver(feed::close);
        try (look;
                ending) {
            new EventStream(context, stay::lasts).send(feed);
        } finally {
            feeds.leave(feed);
            places.release();
        }
    }
}
