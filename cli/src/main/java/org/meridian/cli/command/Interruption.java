package org.meridian.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Durations;

/**
 * Turns Ctrl-C and its like into an interrupt of the thread that works, so that it can stop in good order; a second one,
 * or five seconds, end the process at once.
 */
final class Interruption implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final View view;
    private final Thread worker;
    private final IntConsumer halt;
    private final boolean usual;
    private final AtomicInteger signals = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Watches over the calling thread; {@link #listen} makes it hear signals. */
    Interruption(View view, IntConsumer halt) {
        this(view, halt, false);
    }

    /** The same; {@code usual} is that Ctrl-C is how the work ends, which needs no words. */
    Interruption(View view, IntConsumer halt, boolean usual) {
        this.usual = usual;
        this.view = view;
        this.worker = Thread.currentThread();
        this.halt = halt;
    }

    /** Hears SIGINT, SIGTERM and SIGHUP (a terminal that was closed) from now on. */
    Interruption listen() {
        Signals.register("INT", this::signal);
        Signals.register("TERM", this::signal);
        Signals.register("HUP", this::signal);
        return this;
    }

    /** Whether a signal came. */
    boolean happened() {
        return signals.get() > 0;
    }

    /** What a signal does; called on the JVM's signal thread. */
    void signal() {
        if (signals.incrementAndGet() > 1) {
            end();
            return;
        }
        Thread.ofPlatform().daemon().name("grace").start(this::endAfterGrace);
        // Said before the work hears of it, or the work's last words would come first.
        if (!usual) {
            view.remark("Interrupted: stopping what runs; press Ctrl-C again to end at once.");
        }
        worker.interrupt();
    }

    private void endAfterGrace() {
        try {
            if (!closed.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                view.remark("It did not stop within " + Durations.spoken(GRACE) + "; ending.");
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts the terminal in order if that goes quickly, and ends. */
    private void end() {
        Thread tidy = Thread.ofPlatform().daemon().start(view::close);
        try {
            tidy.join(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt.accept(ExitCode.INTERRUPTED);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
