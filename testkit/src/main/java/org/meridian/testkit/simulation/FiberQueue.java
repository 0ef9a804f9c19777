package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fibers by the time at which they wake: a heap that also knows where each is, so that one can be moved or taken out. */
final class FiberQueue {
    private @Nullable Fiber[] heap = new @Nullable Fiber[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Puts a fiber in its place, whether it is in the queue already or not. */
    void put(Fiber fiber) {
        if (fiber.place == Fiber.NOT_QUEUED) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            set(size++, fiber);
        }
        up(fiber.place);
        down(fiber.place);
    }

    /** The fiber that wakes first; there must be one. */
    Fiber poll() {
        Fiber first = at(0);
        Fiber last = at(--size);
        heap[size] = null;
        first.place = Fiber.NOT_QUEUED;
        if (last != first) {
            set(0, last);
            down(0);
        }
        return first;
    }

    private void up(int from) {
        int i = from;
        while (i > 0 && at(i).before(at((i - 1) / 2))) {
            i = swap(i, (i - 1) / 2);
        }
    }

    private void down(int from) {
        int i = from;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && at(child + 1).before(at(child))) {
                child++;
            }
            if (!at(child).before(at(i))) {
                return;
            }
            i = swap(i, child);
        }
    }

    private int swap(int a, int b) {
        Fiber fiber = at(a);
        set(a, at(b));
        set(b, fiber);
        return b;
    }

    private Fiber at(int i) {
        return requireNonNull(heap[i]);
    }

    private void set(int i, Fiber fiber) {
        heap[i] = fiber;
        fiber.place = i;
    }
}
