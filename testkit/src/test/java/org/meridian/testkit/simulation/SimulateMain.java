package org.meridian.testkit.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** {@code make simulate}: many seeded runs over all cores, with what is needed to see a violation again; exit 1 after one. */
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
        int threads = Integer.getInteger("threads", Runtime.getRuntime().availableProcessors());
        out.printf("%,d runs from seed %d in %d threads%n", runs, seed, threads);
        long start = System.nanoTime();
        LongRun longRun = new LongRun(seed, runs);
        List<LongRun.Failure> failures = longRun.run(threads, new Progress(start));
        summary(longRun.tally(), (System.nanoTime() - start) / 1e9);
        if (!failures.isEmpty()) {
            LongRun.Failure first = failures.getFirst();
            out.printf("%nThe first, seed %d, in full:%n%n%s%n", first.seed(), String.join("\n", first.history()));
        }
        out.printf("%n%,d violations%s%n", failures.size(), seeds(failures));
        return failures.isEmpty() ? 0 : 1;
    }

    private static String seeds(List<LongRun.Failure> failures) {
        return failures.stream()
                .map(failure -> Long.toString(failure.seed()))
                .reduce((one, other) -> one + ", " + other)
                .map(all -> ": seeds " + all)
                .orElse("");
    }

    /** Tells how far it is, and of each violation at once how to see it again. */
    private final class Progress implements LongRun.Watcher {
        private final long start;
        private final AtomicLong told;

        Progress(long start) {
            this.start = start;
            this.told = new AtomicLong(start);
        }

        @Override
        public void done(long runs) {
            long now = System.nanoTime();
            long last = told.get();
            if (now - last > TELL_EVERY_NANOS && told.compareAndSet(last, now)) {
                out.printf("%,d runs, %.0f/s%n", runs, runs * 1e9 / (now - start));
            }
        }

        @Override
        public void violated(LongRun.Failure failure) {
            out.printf(
                    "seed %d: %s%nThe shortest history found, of %s%nAgain: make simulate RUNS=1 SEED=%d%n",
                    failure.seed(), failure.violation().getMessage(), failure.shortest(), failure.seed());
        }
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
