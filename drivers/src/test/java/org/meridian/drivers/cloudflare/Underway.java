package org.meridian.drivers.cloudflare;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Requests of users that an edge has not answered yet, so that a clock can wait for those that a busy machine delays. */
final class Underway {
    /** What no request takes where nothing delays it: the origins' longest pause, and half as much again. */
    private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(300);

    private final Map<Object, Long> begun = new ConcurrentHashMap<>();

    /** Something of a request. */
    interface Request {
        void answer() throws IOException;
    }

    void run(Request request) throws IOException {
        begun.put(request, System.nanoTime());
        try {
            request.answer();
        } finally {
            begun.remove(request);
        }
    }

    /** Whether any takes longer than usual; one that a test holds on purpose does. */
    boolean late() {
        long now = System.nanoTime();
        return begun.values().stream().anyMatch(since -> now - since > USUAL);
    }
}
