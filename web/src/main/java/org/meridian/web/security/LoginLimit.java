package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.Time;

/** Slows down those who guess tokens: so many wrong ones a minute from one address, and so many from all together. */
public final class LoginLimit {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int FROM_ONE = 5;
    private static final int FROM_ALL = 60;
    private static final String ALL = "";

    private final Time time;
    private final Map<String, Count> wrong = new HashMap<>();

    /** Nobody has guessed yet. */
    public LoginLimit(Time time) {
        this.time = requireNonNull(time, "time is null");
    }

    /** How long that address has to wait until a token of it is looked at; zero when it is at once. */
    public synchronized Duration wait(String address) {
        long now = time.agingNanos();
        wrong.values().removeIf(count -> now - count.since >= WINDOW.toNanos());
        Duration one = left(wrong.get(address), FROM_ONE, now);
        Duration all = left(wrong.get(ALL), FROM_ALL, now);
        return one.compareTo(all) > 0 ? one : all;
    }

    /** A wrong token came from there. */
    public synchronized void refused(String address) {
        long now = time.agingNanos();
        wrong.computeIfAbsent(address, unused -> new Count(now)).number++;
        wrong.computeIfAbsent(ALL, unused -> new Count(now)).number++;
    }

    private static Duration left(@Nullable Count count, int most, long now) {
        return count == null || count.number < most
                ? Duration.ZERO
                : Duration.ofNanos(count.since + WINDOW.toNanos() - now);
    }

    private static final class Count {
        final long since;
        int number;

        Count(long since) {
            this.since = since;
        }
    }
}
