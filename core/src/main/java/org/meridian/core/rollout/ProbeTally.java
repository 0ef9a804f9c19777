package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Arrays;
import org.meridian.core.model.Receipt.ProbeReceipt;
import org.meridian.core.spi.Prober.Answer;

/** Counts answers and keeps their latencies, up to a number that an hours-long rollout does not reach. */
final class ProbeTally {
    private static final int KEPT = 1_000_000;

    private long[] latenciesNanos = new long[1024];
    private int kept;
    private int sent;
    private int failed;

    synchronized void add(Answer answer) {
        sent++;
        if (!answer.good()) {
            failed++;
            return;
        }
        if (kept == latenciesNanos.length && kept < KEPT) {
            latenciesNanos = Arrays.copyOf(latenciesNanos, Math.min(KEPT, kept * 2));
        }
        if (kept < latenciesNanos.length) {
            latenciesNanos[kept++] = answer.latency().toNanos();
        }
    }

    synchronized int sent() {
        return sent;
    }

    synchronized ProbeReceipt receipt() {
        long[] sorted = Arrays.copyOf(latenciesNanos, kept);
        Arrays.sort(sorted);
        return new ProbeReceipt(sent, failed, quantile(sorted, 0.50), quantile(sorted, 0.99), quantile(sorted, 1.0));
    }

    private static Duration quantile(long[] sorted, double q) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int index = (int) Math.ceil(q * sorted.length) - 1;
        return Duration.ofNanos(sorted[Math.max(0, index)]);
    }
}
