package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Time;

/**
 * A browser that logged in, until it logs out or a working day is over. A day in which the machine was suspended, or whose wall
 * clock was set back, is no longer than any other.
 */
final class Session implements Stay {
    private final Visitor visitor;
    private final Secret key;
    private final Duration life;
    private final Time time;
    private final long begun;
    private final Set<Runnable> endings = new LinkedHashSet<>();
    private boolean ended;

    Session(Visitor visitor, Secret key, Duration life, Time time) {
        this.visitor = requireNonNull(visitor, "visitor is null");
        this.key = requireNonNull(key, "key is null");
        this.life = requireNonNull(life, "life is null");
        this.time = requireNonNull(time, "time is null");
        this.begun = time.agingNanos();
    }

    Visitor visitor() {
        return visitor;
    }

    Duration age() {
        return Duration.ofNanos(time.agingNanos() - begun);
    }

    /** Whether that is the key that the page got; how long the answer takes tells nothing of it. */
    boolean opensWith(Secret offered) {
        return key.equals(offered);
    }

    @Override
    public synchronized boolean lasts() {
        return !ended && age().compareTo(life) < 0;
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
