package org.meridian.core.rollout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.Tasks;

/** Runs each thing in a virtual thread of its own. */
public final class VirtualThreads implements Tasks {
    @Override
    public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (T item : items) {
            threads.add(Thread.ofVirtual().start(() -> ended.add(run(item, action))));
        }
        @Nullable Throwable first = null;
        try {
            for (int left = threads.size(); left > 0; left--) {
                first = merge(first, ended.take().failure());
                if (first != null) {
                    threads.forEach(Thread::interrupt);
                }
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            joinAll(threads);
            throw e;
        }
        rethrow(first);
    }

    @Override
    public Background start(String name, Work work) {
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                // Closing interrupts; this is how the work ends.
            }
        });
        return () -> {
            thread.interrupt();
            joinAll(List.of(thread));
        };
    }

    private static <T> Ended run(T item, Action<T> action) {
        try {
            action.run(item);
            return new Ended(null);
        } catch (InterruptedException | RuntimeException | Error e) {
            return new Ended(e);
        }
    }

    /** Keeps the first failure; that the others were interrupted because of it says nothing new. */
    private static @Nullable Throwable merge(@Nullable Throwable first, @Nullable Throwable next) {
        if (first == null || next == null) {
            return first == null ? next : first;
        }
        if (!(next instanceof InterruptedException)) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static void rethrow(@Nullable Throwable failure) throws InterruptedException {
        switch (failure) {
            case null -> {}
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private static void joinAll(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Ended(@Nullable Throwable failure) {}
}
