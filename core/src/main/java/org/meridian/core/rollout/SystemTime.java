package org.meridian.core.rollout;

import java.time.Duration;
import java.time.Instant;
import org.meridian.core.spi.Time;

/** The machine's own clock. */
public final class SystemTime implements Time {
    private final AgingClock aging = new AgingClock(System::nanoTime, System::currentTimeMillis);

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long agingNanos() {
        return aging.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
