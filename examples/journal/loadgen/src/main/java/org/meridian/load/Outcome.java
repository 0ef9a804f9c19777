package org.meridian.load;

import static java.util.Objects.requireNonNull;

/**
 * How one request ended.
 *
 * @param dueMillis when it was due, in milliseconds since 1970
 * @param latencyMicros from then until it ended
 * @param status the HTTP status, 0 when there was no answer
 * @param servedBy the X-Served-By header, or empty
 * @param problem why it failed, empty when it did not
 */
record Outcome(Call call, long dueMillis, long latencyMicros, int status, String servedBy, String problem) {
    Outcome {
        requireNonNull(call, "call is null");
        requireNonNull(servedBy, "servedBy is null");
        requireNonNull(problem, "problem is null");
    }

    boolean failed() {
        return !problem.isEmpty();
    }

    /** The second in which it was due, since 1970. */
    long dueSecond() {
        return dueMillis / 1000;
    }
}
