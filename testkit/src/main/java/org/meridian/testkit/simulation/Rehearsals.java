package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.App;

/**
 * Rehearses an app's deploys many times in a simulated world, in every {@link Situation}: the real planner and engine, in
 * virtual time. The same app, assumptions, number and seed give the same forecast, on however many threads.
 */
public final class Rehearsals {
    private final App app;
    private final Assumptions assumptions;
    private final int runs;
    private final long seed;
    private final AtomicInteger done = new AtomicInteger();

    /**
     * Rehearsals of an app.
     *
     * @param app         the app, as its configuration describes it
     * @param assumptions what is taken for granted about the world
     * @param runs        how many deploys in each situation; 1 or greater
     * @param seed        where everything random comes from
     */
    public Rehearsals(App app, Assumptions assumptions, int runs, long seed) {
        this.app = RehearsedApp.of(app);
        this.assumptions = requireNonNull(assumptions, "assumptions is null");
        this.runs = runs;
        this.seed = seed;
    }

    /** How many deploys it will rehearse in all. */
    public int all() {
        return runs * Situation.values().length;
    }

    /**
     * Runs them on so many threads; {@code progress} is told how many are done, by any of them. Throws a Failure when not
     * even a first deploy works in the simulation.
     */
    public Forecast run(int threads, IntConsumer progress) throws InterruptedException {
        Map<Situation, List<Rehearsed>> rehearsed = new EnumMap<>(Situation.class);
        Duration usual = Duration.ZERO;
        for (Situation situation : Situation.values()) {
            List<Rehearsed> results = new Batch(situation, usual, progress).run(threads);
            rehearsed.put(situation, results);
            if (situation == Situation.CALM) {
                usual = new Distribution(results.stream().map(Rehearsed::took).toList()).percentile(50);
            }
        }
        return Forecast.of(app, assumptions, runs, seed, rehearsed);
    }

    /** Each run has a seed of its own, so that it does not matter which thread takes it. */
    private long seed(Situation situation, int run) {
        return new SplittableRandom(seed + 1_000_003L * run + situation.name().hashCode()).nextLong();
    }

    /** All runs of one situation. */
    private final class Batch {
        private final Situation situation;
        private final Duration usual;
        private final IntConsumer progress;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<@Nullable Rehearsed> results = new AtomicReferenceArray<>(runs);
        private volatile @Nullable RuntimeException failure;
        private volatile boolean stopped;

        Batch(Situation situation, Duration usual, IntConsumer progress) {
            this.situation = situation;
            this.usual = usual;
            this.progress = progress;
        }

        List<Rehearsed> run(int threads) throws InterruptedException {
            List<Thread> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(Thread.ofVirtual().start(this::work));
            }
            try {
                for (Thread worker : workers) {
                    worker.join();
                }
            } finally {
                stopped = true;
            }
            if (failure != null) {
                throw failure;
            }
            List<Rehearsed> all = new ArrayList<>(runs);
            for (int run = 0; run < runs; run++) {
                all.add(requireNonNull(results.get(run)));
            }
            return all;
        }

        private void work() {
            for (int run = next.getAndIncrement(); run < runs && !stopped; run = next.getAndIncrement()) {
                try {
                    results.set(run, new Rehearsal(app, assumptions, situation, seed(situation, run), usual).run());
                } catch (RuntimeException | InterruptedException e) {
                    failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                    stopped = true;
                }
                progress.accept(done.incrementAndGet());
            }
        }
    }
}
