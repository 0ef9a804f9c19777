package org.meridian.drivers.cloudflare;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.core.spi.Time;

/** What goes wrong at the fake API: what a test asks for, and the limit of Cloudflare's rate. */
final class FakeFaults {
    private static final int REQUESTS = 1200;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Time time;
    private final List<Planned> planned = new ArrayList<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private final Deque<Long> recent = new ArrayDeque<>();
    private long closedUntil = Long.MIN_VALUE;

    FakeFaults(Time time) {
        this.time = time;
    }

    /** What becomes of a request. */
    enum Fault {
        /** 429, with a second to wait. */
        LIMITED,
        /** 429, with ten minutes to wait. */
        LIMITED_LONG,
        /** 500, with nothing done. */
        BROKEN,
        /** 502 of something in between, without JSON, after the request was done. */
        DONE_BUT_BROKEN,
        /** The connection ends within the answer, with nothing done. */
        CUT,
        /** The connection ends within the answer, after the request was done. */
        DONE_BUT_CUT
    }

    /** The next so many requests whose method and path match get this fault. */
    synchronized void plan(String methodAndPath, Fault fault, int times) {
        planned.add(new Planned(Pattern.compile(methodAndPath), fault, times));
    }

    /** Does something once the n-th request from now arrives whose method and path match, before it is looked at. */
    synchronized void when(String methodAndPath, int nth, Runnable what) {
        awaited.add(new Awaited(Pattern.compile(methodAndPath), nth, what));
    }

    /** Says that a request has arrived. */
    void arrived(String methodAndPath) {
        due(methodAndPath).forEach(Runnable::run);
    }

    private synchronized List<Runnable> due(String methodAndPath) {
        List<Runnable> due = new ArrayList<>();
        awaited.removeIf(one -> {
            boolean now = one.request.matcher(methodAndPath).find() && --one.left == 0;
            if (now) {
                due.add(one.what);
            }
            return now;
        });
        return due;
    }

    synchronized void none() {
        planned.clear();
        recent.clear();
        closedUntil = Long.MIN_VALUE;
    }

    synchronized Optional<Fault> of(String methodAndPath) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned one = all.next();
            if (one.request.matcher(methodAndPath).find()) {
                if (--one.times == 0) {
                    all.remove();
                }
                return Optional.of(one.fault);
            }
        }
        return Optional.empty();
    }

    /** How long a request has to wait by the limit of the rate; empty where it is within it. */
    synchronized Optional<Duration> limit() {
        long now = time.nanos();
        while (!recent.isEmpty() && recent.peekFirst() < now - WINDOW.toNanos()) {
            recent.removeFirst();
        }
        recent.addLast(now);
        if (recent.size() > REQUESTS && now >= closedUntil) {
            closedUntil = now + WINDOW.toNanos();
        }
        return now < closedUntil
                ? Optional.of(Duration.ofNanos(closedUntil - now).plusSeconds(1))
                : Optional.empty();
    }

    private static final class Awaited {
        private final Pattern request;
        private final Runnable what;
        private int left;

        Awaited(Pattern request, int left, Runnable what) {
            this.request = request;
            this.left = left;
            this.what = what;
        }
    }

    private static final class Planned {
        private final Pattern request;
        private final Fault fault;
        private int times;

        Planned(Pattern request, Fault fault, int times) {
            this.request = request;
            this.fault = fault;
            this.times = times;
        }
    }
}
