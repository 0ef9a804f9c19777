package org.meridian.testkit.simulation;

import java.io.PrintStream;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** {@code make simulate}: many seeded runs over all cores; exit 1 at a violation, with what is needed to see it again. */
public final class SimulateMain {
    private static final long TELL_EVERY_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final long runs;
    private final long seed;

    private SimulateMain(PrintStream out, long runs, long seed) {
        this.out = out;
        this.runs = runs;
        this.seed = seed;
    }

    /** Arguments: how many runs, and the first seed if it shall not be by chance. */
    public static void main(String[] arguments) throws InterruptedException {
        long runs = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new Random().nextInt(Integer.MAX_VALUE);
        System.exit(new SimulateMain(System.out, runs, seed).run());
    }

    private int run() throws InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        out.printf("%,d runs from seed %d in %d threads%n", runs, seed, threads);
        long start = System.nanoTime();
        LongRun longRun = new LongRun(seed, runs);
        Optional<LongRun.Failure> failure = longRun.run(threads, progress(start));
        summary(longRun.tally(), (System.nanoTime() - start) / 1e9);
        failure.ifPresent(found -> {
            out.println();
            out.println(found);
            out.printf("%nAgain: make simulate RUNS=1 SEED=%d%n", found.seed());
        });
        return failure.isPresent() ? 1 : 0;
    }

    private java.util.function.LongConsumer progress(long start) {
        AtomicLong told = new AtomicLong(start);
        return done -> {
            long now = System.nanoTime();
            long last = told.get();
            if (now - last > TELL_EVERY_NANOS && told.compareAndSet(last, now)) {
                out.printf("%,d runs, %.0f/s%n", done, done * 1e9 / (now - start));
            }
        };
    }

    private void summary(Tally tally, double seconds) {
        long done = tally.of("runs");
        long rollouts = tally.of("rollouts");
        out.printf(
                "%,d runs with %,d rollouts in %.0f s: %.0f runs/s, %.0f rollouts/s%n",
                done, rollouts, seconds, done / seconds, rollouts / seconds);
        tally.all().forEach((what, count) -> out.printf("%,14d  %s%n", count, what));
    }
}
