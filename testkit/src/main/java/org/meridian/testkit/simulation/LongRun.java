package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Many simulated runs at once, seed after seed, until all are done or one violates an invariant. */
public final class LongRun {
    private final long firstSeed;
    private final long runs;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<Simulation.@Nullable Result> failed = new AtomicReference<>();
    private final Tally tally = new Tally();

    /** That many runs from a seed on. */
    public LongRun(long firstSeed, long runs) {
        this.firstSeed = firstSeed;
        this.runs = runs;
    }

    /** Runs them in as many threads; {@code progress} is told now and then how many are done. */
    public Optional<Failure> run(int threads, LongConsumer progress) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofVirtual().start(() -> work(progress)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return Optional.ofNullable(failed.get()).map(LongRun::shrink);
    }

    private void work(LongConsumer progress) {
        Tally mine = new Tally();
        long run = next.getAndIncrement();
        while (run < runs && failed.get() == null) {
            Simulation.Result result = Simulation.run(firstSeed + run);
            mine.add(result.tally());
            mine.add("runs");
            if (result.violation().isPresent()) {
                failed.compareAndSet(null, result);
            }
            progress.accept(run + 1);
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
