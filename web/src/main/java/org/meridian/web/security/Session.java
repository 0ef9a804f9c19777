package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Time;

/** A browser that logged in, until it logs out or a working day is over. */
final class Session implements Stay {
    private final Visitor visitor;
    private final Secret key;
    private final Instant until;
    private final Time time;
    private final Set<Runnable> endings = new LinkedHashSet<>();
    private boolean ended;

    Session(Visitor visitor, Secret key, Instant until, Time time) {
        this.visitor = requireNonNull(visitor, "visitor is null");
        this.key = requireNonNull(key, "key is null");
        this.until = requireNonNull(until, "until is null");
        this.time = requireNonNull(time, "time is null");
    }

    Visitor visitor() {
        return visitor;
    }

    Instant until() {
        return until;
    }

    /** Whether that is the key that the page got; how long the answer takes tells nothing of it. */
    boolean opensWith(Secret offered) {
        return key.equals(offered);
    }

    @Override
    public synchronized boolean lasts() {
        return !ended && time.now().isBefore(until);
    }

    @Override
    public Ending whenOver(Runnable end) {
        synchronized (this) {
            if (!ended) {
                endings.add(end);
                return () -> forget(end);
            }
        }
        end.run();
        return () -> {};
    }

    private synchronized void forget(Runnable end) {
        endings.remove(end);
    }

    void end() {
        List<Runnable> now;
        synchronized (this) {
            ended = true;
            now = List.copyOf(endings);
            endings.clear();
        }
        now.forEach(Runnable::run);
    }
}
