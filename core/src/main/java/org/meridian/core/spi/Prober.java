package org.meridian.core.spi;

import java.time.Duration;
import org.meridian.core.model.Region;

/** Requests the public address as a user from a region would. */
public interface Prober {
    /** Requests {@code path} once, as seen from that region; never throws for a failed request. */
    Answer probe(Region from, String path, Duration timeout) throws InterruptedException;

    /**
     * What one request got.
     *
     * @param good    whether a user would call it answered
     * @param reached whether the public address accepted the connection; a release can't be blamed where it did not
     * @param latency from sending to the answer's last byte, or to giving up
     * @param detail  the status, or why there was none
     */
    record Answer(boolean good, boolean reached, Duration latency, String detail) {}
}
