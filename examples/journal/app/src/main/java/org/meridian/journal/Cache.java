package org.meridian.journal;

import java.time.Duration;
import java.util.Optional;

/** Keeps rendered pages. It may forget anything any time, and down is the same as empty: nothing throws. */
interface Cache {
    /** What was put under the key, if it is still there. */
    Optional<byte[]> get(String key);

    /** Keeps the value for at most that long. */
    void put(String key, byte[] value, Duration life);

    /** Forgets the value. */
    void remove(String key);

    /** Whether the cache can be reached right now. */
    boolean answers();
}
