package org.meridian.core.canary;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Requests that fail and take long by chance, each for itself. */
final class Traffic {
    /** The latency that a request exceeds by chance, a bound of the histogram. */
    static final Duration LIMIT = Duration.ofMillis(800);

    private final SplittableRandom random;
    private final double failing;
    private final double slow;
    private long requests;
    private long errors;
    private long slowOnes;

    /** Traffic of a release in which so large shares fail and are slow. */
    Traffic(SplittableRandom random, double failing, double slow) {
        this.random = random;
        this.failing = failing;
        this.slow = slow;
    }

    /** So many more requests. */
    void answer(long more) {
        requests += more;
        errors += binomial(more, failing);
        slowOnes += binomial(more, slow);
    }

    /** All of it so far. */
    Sample sample() {
        var latencies = new TreeMap<Duration, Long>();
        latencies.put(LIMIT, requests - slowOnes);
        return new Sample(requests, errors, latencies);
    }

    /** Counts by the gaps between successes, which are distributed geometrically. */
    private long binomial(long trials, double chance) {
        if (chance <= 0) {
            return 0;
        }
        if (chance >= 1) {
            return trials;
        }
        double scale = Math.log1p(-chance);
        long count = 0;
        long at = gap(scale);
        while (at < trials) {
            count++;
            at += 1 + gap(scale);
        }
        return count;
    }

    private long gap(double scale) {
        return (long) (Math.log1p(-random.nextDouble()) / scale);
    }
}
