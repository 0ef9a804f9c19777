package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Time;

/**
 * Says what is waited for and how long at most: at once, and with what is seen meanwhile after ten seconds and then every
 * half minute, so that nobody looks at a screen on which nothing happens.
 */
public final class WaitNotice {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final EventSink events;
    private final Time time;
    private final Optional<RegionName> region;
    private final String what;
    private final Duration atMost;
    private final Stopwatch watch;
    private Duration next = FIRST;

    private WaitNotice(
            EventSink events, Time time, Optional<RegionName> region, String what, Duration atMost, Stopwatch watch) {
        this.events = requireNonNull(events, "events is null");
        this.time = requireNonNull(time, "time is null");
        this.region = requireNonNull(region, "region is null");
        this.what = requireNonNull(what, "what is null");
        this.atMost = requireNonNull(atMost, "atMost is null");
        this.watch = watch;
    }

    /** Says it for the first time. */
    public static WaitNotice begin(
            EventSink events, Time time, Optional<RegionName> region, String what, Duration atMost) {
        return begin(events, time, region, what, atMost, Stopwatch.start(time));
    }

    /** Of a wait that has been told of already, or that is usually too short to be told of: says nothing at first. */
    public static WaitNotice quiet(
            EventSink events, Time time, Optional<RegionName> region, String what, Duration atMost) {
        return new WaitNotice(events, time, region, what, atMost, Stopwatch.start(time));
    }

    /** Says it for the first time, some while after it began. */
    static WaitNotice begin(
            EventSink events, Time time, Optional<RegionName> region, String what, Duration atMost, Stopwatch since) {
        events.emit(new Waiting(time.now(), region, what, atMost));
        return new WaitNotice(events, time, region, what, atMost, since);
    }

    /** Says it for the first time, with what is seen already. */
    static WaitNotice seeing(
            String seen, EventSink events, Time time, Optional<RegionName> region, String what, Duration atMost) {
        events.emit(new Waiting(time.now(), region, what, atMost, Duration.ZERO, seen));
        return new WaitNotice(events, time, region, what, atMost, Stopwatch.start(time));
    }

    /**
     * Says it again if it is time to.
     *
     * @param seen what keeps it, in a few words; empty when there is no more to say than that it goes on
     */
    public void still(String seen) {
        Duration waited = watch.elapsed();
        if (isDue(waited)) {
            events.emit(new Waiting(time.now(), region, what, atMost, waited, seen));
        }
    }

    /** Tells one of several that ask at the same time. */
    private synchronized boolean isDue(Duration waited) {
        boolean due = waited.compareTo(next) >= 0;
        if (due) {
            next = waited.plus(EVERY);
        }
        return due;
    }
}
