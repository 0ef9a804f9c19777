package org.meridian.core.spi;

import java.util.Collection;

/** Runs things at the same time, so that a simulation can order them. */
public interface Tasks {
    /**
     * Runs the action for each item at the same time and returns when all have ended. When one fails, the others are
     * interrupted, and the first failure is thrown with the others suppressed.
     */
    <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException;

    /** Starts something that runs beside the caller until it is closed; closing interrupts it and waits for its end. */
    Background start(String name, Work work);

    /** What is done with one item. */
    @FunctionalInterface
    interface Action<T> {
        /** Does it. */
        void run(T item) throws InterruptedException;
    }

    /** What runs beside the caller. */
    @FunctionalInterface
    interface Work {
        /** Does it, until it is interrupted. */
        void run() throws InterruptedException;
    }

    /** Something that runs beside the caller. */
    interface Background extends AutoCloseable {
        @Override
        void close();
    }
}
