package org.meridian.core.rollout;

import java.time.Duration;
import org.meridian.core.spi.Time;

/** Measures how long something takes. */
final class Stopwatch {
    private final Time time;
    private final long start;

    private Stopwatch(Time time) {
        this.time = time;
        this.start = time.nanos();
    }

    static Stopwatch start(Time time) {
        return new Stopwatch(time);
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanos() - start);
    }
}
