package org.meridian.core.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.LogLine;

/**
 * Knows the last lines of a server, so that reading on after a lost connection can begin a little earlier: its containers'
 * lines do not come in the exact order of their times.
 */
public final class SeenLines {
    /** How much earlier. */
    static final Duration OVERLAP = Duration.ofSeconds(2);

    private final ArrayDeque<LogLine> recent = new ArrayDeque<>();
    private final Set<LogLine> known = new HashSet<>();
    private @Nullable Instant latest;

    /** Takes a line; tells whether it is new. */
    public boolean add(LogLine line) {
        if (!known.add(line)) {
            return false;
        }
        recent.add(line);
        if (latest == null || line.at().isAfter(latest)) {
            latest = line.at();
        }
        forget(latest.minus(OVERLAP));
        return true;
    }

    /** The time of the latest line; empty when there was none. */
    public Optional<Instant> latest() {
        return Optional.ofNullable(latest);
    }

    /** Where to read on. */
    public Optional<Instant> resume() {
        return latest().map(time -> time.minus(OVERLAP));
    }

    private void forget(Instant before) {
        LogLine oldest = recent.peek();
        while (oldest != null && oldest.at().isBefore(before)) {
            known.remove(recent.remove());
            oldest = recent.peek();
        }
    }
}
