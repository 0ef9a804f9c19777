package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Many simulated runs at once, seed after seed; one that violates an invariant does not end the others. */
public final class LongRun {
    private final long firstSeed;
    private final long runs;
    private final LongFunction<Script> scripts;
    private final AtomicLong next = new AtomicLong();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Tally tally = new Tally();

    /** That many runs from a seed on. */
    public LongRun(long firstSeed, long runs) {
        this(firstSeed, runs, Scripts::from);
    }

    /** The same, of these scripts of seeds. */
    public LongRun(long firstSeed, long runs, LongFunction<Script> scripts) {
        this.firstSeed = firstSeed;
        this.runs = runs;
        this.scripts = scripts;
    }

    /** Runs them in as many threads and returns every violation, by seed. */
    public List<Failure> run(int threads, Watcher watcher) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofVirtual().start(() -> work(watcher)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return failures.stream().sorted(Comparator.comparing(Failure::seed)).toList();
    }

    private void work(Watcher watcher) {
        Tally mine = new Tally();
        long run = next.getAndIncrement();
        while (run < runs) {
            Simulation.Result result = Simulation.run(scripts.apply(firstSeed + run));
            mine.add(result.tally());
            mine.add("runs");
            if (result.violation().isPresent()) {
                mine.add("violations");
                Failure failure = shrink(result);
                failures.add(failure);
                watcher.violated(failure);
            }
            watcher.done(run + 1);
            run = next.getAndIncrement();
        }
        synchronized (tally) {
            tally.add(mine);
        }
    }

    /** What the runs exercised. */
    public Tally tally() {
        synchronized (tally) {
            return tally;
        }
    }

    /** Hears how it goes, from several threads. */
    public interface Watcher {
        /** So many runs are done. */
        void done(long runs);

        /** One violated an invariant; the others go on. */
        default void violated(Failure failure) {
            // They are all returned in the end.
        }
    }

    private static Failure shrink(Simulation.Result result) {
        Violation violation = result.violation().orElseThrow();
        Script shortest = Shrink.of(result.script(), violation.invariant());
        Simulation.Result again = Simulation.run(shortest);
        return new Failure(
                result.script().seed(),
                again.violation().orElse(violation),
                shortest,
                again.history().lines());
    }

    /**
     * A run that violated an invariant.
     *
     * @param seed      its seed
     * @param violation what does not hold
     * @param shortest  the shortest script found that shows it
     * @param history   what happened in that
     */
    public record Failure(long seed, Violation violation, Script shortest, List<String> history) {
        @Override
        public String toString() {
            return "seed " + seed + ": " + violation.getMessage() + "\n\nThe shortest history found:\n\n" + shortest
                    + "\n" + String.join("\n", history);
        }
    }
}
