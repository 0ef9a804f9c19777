package org.meridian.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets requests go at a constant rate, each on a virtual thread, and waits for none of them. */
final class OpenLoop {
    /** When an answer counts as failed. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Target target;
    private final Mix mix;
    private final int rate;
    private final int maxInFlight;
    private final Tally tally;

    OpenLoop(Target target, Mix mix, int rate, int maxInFlight, Tally tally) {
        this.target = requireNonNull(target, "target is null");
        this.mix = requireNonNull(mix, "mix is null");
        this.rate = rate;
        this.maxInFlight = maxInFlight;
        this.tally = requireNonNull(tally, "tally is null");
    }

    /** Runs that long or until told to stop; then waits for the requests under way, and returns the time taken. */
    Duration run(Duration longest, StopSignal stop) throws InterruptedException {
        Semaphore room = new Semaphore(maxInFlight);
        long start = System.nanoTime();
        long startMillis = System.currentTimeMillis();
        long total = longest.toSeconds() * rate;
        try (Connections connections = new Connections(target);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long index = 0; index < total && !stop.isAsked(); index++) {
                long sinceStart = index * 1_000_000_000L / rate;
                sleepUntil(start + sinceStart);
                Due due = new Due(mix.next(), startMillis + sinceStart / 1_000_000, start + sinceStart);
                tally.due(due.millis());
                if (room.tryAcquire()) {
                    threads.execute(() -> make(due, connections, room));
                } else {
                    tally.add(due.failed("more than " + maxInFlight + " requests under way"));
                }
            }
            threads.shutdown();
            threads.awaitTermination(TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A late start is caught up with at once: the rate holds over time, and lateness counts as latency. */
    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void make(Due due, Connections connections, Semaphore room) {
        Outcome outcome;
        try {
            outcome = due.answered(connections.make(due.call(), System.nanoTime() + TIMEOUT.toNanos()));
        } catch (IOException e) {
            outcome = due.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } finally {
            room.release();
        }
        tally.add(outcome);
    }

    private final class Due {
        private final Call call;
        private final long millis;
        private final long nanos;

        Due(Call call, long millis, long nanos) {
            this.call = call;
            this.millis = millis;
            this.nanos = nanos;
        }

        Call call() {
            return call;
        }

        long millis() {
            return millis;
        }

        Outcome answered(Answer answer) {
            boolean expected = answer.status() == call.kind().expectedStatus();
            if (expected && call.kind() == Kind.WRITE) {
                mix.written(answer.location());
            }
            return new Outcome(
                    call,
                    millis,
                    micros(),
                    answer.status(),
                    answer.servedBy(),
                    expected ? "" : "status " + answer.status());
        }

        Outcome failed(String problem) {
            return new Outcome(call, millis, micros(), 0, "", problem);
        }

        private long micros() {
            return (System.nanoTime() - nanos) / 1000;
        }
    }
}
