package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fibers that were started together, and what became of them. */
final class FiberGroup {
    final List<Fiber> fibers;
    int running;

    @Nullable Fiber waiter;

    private @Nullable Throwable first;

    FiberGroup(int size) {
        this.fibers = new ArrayList<>(size);
        this.running = size;
    }

    /** Notes how one ended; tells whether it is the first that failed. */
    boolean ended(@Nullable Throwable failure) {
        running--;
        boolean firstFailure = failure != null && first == null;
        // A crash wins, an interruption loses: it only says that something else failed.
        if (failure != null
                && (first == null || failure instanceof SimulatedCrash || first instanceof InterruptedException)) {
            first = failure;
        }
        return firstFailure;
    }

    void rethrow() throws InterruptedException {
        switch (first) {
            case null -> {}
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(first);
        }
    }
}
