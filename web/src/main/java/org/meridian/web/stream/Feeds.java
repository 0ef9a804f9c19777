package org.meridian.web.stream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The clients that listen to what happens in the world. */
public final class Feeds implements AutoCloseable {
    private static final int WAITING = 500;

    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Frame state;
    private volatile boolean closed;

    /** A client that listens from now on, beginning with the last state; to be given back. */
    public Feed open() {
        Feed feed = new Feed(WAITING, skipped -> Frame.of("lagging", Map.of("skipped", skipped)));
        feeds.add(feed);
        Optional.ofNullable(state).ifPresent(feed::state);
        if (closed) {
            feed.close();
        }
        return feed;
    }

    /** The client listens no more. */
    public void leave(Feed feed) {
        feeds.remove(feed);
        feed.close();
    }

    /** How many listen. */
    public int size() {
        return feeds.size();
    }

    /** Tells all of them the state, and those who come later. */
    public void state(Frame frame) {
        state = frame;
        feeds.forEach(feed -> feed.state(frame));
    }

    /** Tells all of them an event. */
    public void add(Frame frame) {
        feeds.forEach(feed -> feed.add(frame));
    }

    @Override
    public void close() {
        closed = true;
        feeds.forEach(Feed::close);
    }
}
