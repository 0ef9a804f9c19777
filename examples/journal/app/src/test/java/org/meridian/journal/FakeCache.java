package org.meridian.journal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A cache in memory that can be down. */
final class FakeCache implements Cache {
    final Map<String, byte[]> values = new ConcurrentHashMap<>();
    volatile boolean down;

    @Override
    public Optional<byte[]> get(String key) {
        return down ? Optional.empty() : Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, byte[] value, Duration life) {
        if (!down) {
            values.put(key, value);
        }
    }

    @Override
    public void remove(String key) {
        if (!down) {
            values.remove(key);
        }
    }

    @Override
    public boolean answers() {
        return !down;
    }
}
