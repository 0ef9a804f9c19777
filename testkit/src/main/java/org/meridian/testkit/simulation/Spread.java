package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long something takes, which is not always the same.
 *
 * @param sorted durations, shortest first, that divide what happens into equally likely parts; never empty
 */
public record Spread(List<Duration> sorted) {
    /** Of two durations nobody can tell how they vary. */
    private static final int ENOUGH = 3;

    /** Copies and sorts the durations; throws IllegalArgumentException when there is none or one is below zero. */
    public Spread {
        requireNonNull(sorted, "sorted is null");
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty() || sorted.getFirst().isNegative()) {
            throw new IllegalArgumentException("durations of zero or more, at least one, not " + sorted);
        }
    }

    /** Around a typical duration: half of what happens lies within a tenth of it, the longest takes half as long again. */
    public static Spread around(Duration typical) {
        return new Spread(List.of(
                typical.multipliedBy(8).dividedBy(10),
                typical.multipliedBy(9).dividedBy(10),
                typical,
                typical.multipliedBy(11).dividedBy(10),
                typical.multipliedBy(15).dividedBy(10)));
    }

    /** As it was measured. */
    public static Spread measured(List<Duration> durations) {
        Spread all = new Spread(durations);
        return durations.size() < ENOUGH ? around(all.median()) : all;
    }

    /** The middle one. */
    public Duration median() {
        return sorted.get(sorted.size() / 2);
    }

    /** The longest. */
    public Duration longest() {
        return sorted.getLast();
    }

    /** One of them or something between two, in nanoseconds. */
    long draw(RandomGenerator random) {
        double place = random.nextDouble() * (sorted.size() - 1);
        int below = (int) place;
        long shorter = sorted.get(below).toNanos();
        long longer = sorted.get(Math.min(below + 1, sorted.size() - 1)).toNanos();
        return shorter + (long) ((longer - shorter) * (place - below));
    }
}
