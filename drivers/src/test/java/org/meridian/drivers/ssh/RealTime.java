package org.meridian.drivers.ssh;

import java.time.Duration;
import java.time.Instant;
import org.meridian.core.spi.Time;

/** This machine's clock. */
final class RealTime implements Time {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
