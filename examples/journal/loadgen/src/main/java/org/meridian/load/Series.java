package org.meridian.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line a second: what became of the requests that were due in it. A line is written as soon as a later second has
 * begun and all of its own requests have ended. Latencies are those of the fast requests.
 */
final class Series implements AutoCloseable {
    static final String HEADER = "epoch_ms,sent,failed,fast_p50_ms,fast_p99_ms,fast_max_ms\n";

    private static final class Second {
        private final Latencies fast = new Latencies();
        private long sent;
        private long ended;
        private long failed;
    }

    private final Writer out;
    private final TreeMap<Long, Second> open = new TreeMap<>();

    private Series(Writer out) {
        this.out = requireNonNull(out, "out is null");
    }

    /** Writes to that file, and closes it in the end. */
    static Series to(Writer out) throws IOException {
        out.write(HEADER);
        out.flush();
        return new Series(out);
    }

    /** Writes nothing. */
    static Series none() {
        return new Series(Writer.nullWriter());
    }

    synchronized void due(long second) {
        boolean begins = !open.containsKey(second);
        open.computeIfAbsent(second, _ -> new Second()).sent++;
        if (begins) {
            writeSettledBefore(second);
        }
    }

    synchronized void ended(Outcome outcome) {
        Second second = requireNonNull(open.get(outcome.dueSecond()), "a request ended that was not due");
        second.ended++;
        second.failed += outcome.failed() ? 1 : 0;
        if (outcome.call().kind().isFast()) {
            second.fast.add(outcome.latencyMicros());
        }
    }

    /** Writes what is left. */
    synchronized void finish() {
        writeSettledBefore(Long.MAX_VALUE);
    }

    private void writeSettledBefore(long now) {
        try {
            for (Map.Entry<Long, Second> first = open.firstEntry();
                    first != null && first.getKey() < now && first.getValue().ended == first.getValue().sent;
                    first = open.firstEntry()) {
                out.write(line(first.getKey(), first.getValue()));
                open.pollFirstEntry();
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the series: " + e.getMessage(), e);
        }
    }

    private static String line(long second, Second values) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%d,%.2f,%.2f,%.2f%n",
                second * 1000,
                values.sent,
                values.failed,
                values.fast.percentileMillis(50),
                values.fast.percentileMillis(99),
                values.fast.maxMillis());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
