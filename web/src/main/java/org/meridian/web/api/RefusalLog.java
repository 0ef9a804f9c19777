package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meridian.core.spi.Time;

/**
 * Keeps what anybody can cause by asking again from filling the audit log: the same entry is written once a minute, and
 * then how often more it came; of different ones only so many a minute are written, and how many more there were.
 */
final class RefusalLog {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST = 30;

    private final Time time;
    private final Writer writer;
    private final Map<Entry, Integer> again = new LinkedHashMap<>();
    private long since;
    private int others;

    RefusalLog(Time time, Writer writer) {
        this.time = requireNonNull(time, "time is null");
        this.writer = requireNonNull(writer, "writer is null");
    }

    /** Writes it, or counts it. */
    synchronized void add(Entry entry) {
        if (time.nanos() - since >= WINDOW.toNanos()) {
            settle();
        }
        if (again.containsKey(entry)) {
            again.merge(entry, 1, Integer::sum);
        } else if (again.size() >= MOST) {
            others++;
        } else {
            since = again.isEmpty() ? time.nanos() : since;
            again.put(entry, 0);
            writer.write(entry);
        }
    }

    /** Writes what was counted, and begins again. */
    synchronized void settle() {
        again.forEach((entry, times) -> {
            if (times > 0) {
                writer.write(
                        new Entry(entry.who, entry.action, entry.what + "; " + times + " times more within a minute"));
            }
        });
        if (others > 0) {
            writer.write(new Entry("others", "refused", others + " requests more within a minute"));
        }
        again.clear();
        others = 0;
    }

    /**
     * An entry of the log.
     *
     * @param who    of whom
     * @param action what it is
     * @param what   the details
     */
    record Entry(String who, String action, String what) {
        Entry {
            requireNonNull(who, "who is null");
            requireNonNull(action, "action is null");
            requireNonNull(what, "what is null");
        }
    }

    /** Writes an entry down. */
    @FunctionalInterface
    interface Writer {
        /** Writes it; does not throw. */
        void write(Entry entry);
    }
}
