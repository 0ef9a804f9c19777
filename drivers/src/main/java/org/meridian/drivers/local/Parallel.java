package org.meridian.drivers.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Does things at the same time, a few at once, so that one engine is not swamped. */
final class Parallel {
    private static final int AT_ONCE = 6;

    private Parallel() {}

    /** Does it with every item to the end, then throws the first failure with the others suppressed, if there was one. */
    static <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        ExecutorService executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
        try {
            List<Future<?>> running = new ArrayList<>();
            items.forEach(item -> running.add(executor.submit(() -> {
                action.run(item);
                return null;
            })));
            await(running);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(List<Future<?>> running) throws InterruptedException {
        @Nullable RuntimeException first = null;
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                RuntimeException failure = e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** What is done with one item. */
    @FunctionalInterface
    interface Action<T> {
        void run(T item) throws InterruptedException;
    }
}
