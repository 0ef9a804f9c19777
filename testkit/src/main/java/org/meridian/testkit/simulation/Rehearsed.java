package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a rehearsal.
 *
 * @param ending   how the deploy ended; after a kill, the next one
 * @param took     how long it took
 * @param stages   its parts in their order, as far as they came to an end
 * @param rollback how long a rollback took afterwards; empty unless one was asked for
 * @param lost     for how many seconds all users together would have been refused, for the same number of failures
 * @param watched  how many seconds of users were counted
 * @param lasting  the share of requests that still fails a moment after its end, 0 to 1
 * @param why      what went wrong first, in the deploy's own words; empty when nothing did
 * @param broken   which of Meridian's rules did not hold; empty when all did
 */
record Rehearsed(
        Ending ending,
        Duration took,
        Map<String, Duration> stages,
        Optional<Duration> rollback,
        double lost,
        double watched,
        double lasting,
        Optional<String> why,
        Optional<String> broken) {
    static Rehearsed broken(String rule) {
        return new Rehearsed(
                Ending.NEEDS_PERSON,
                Duration.ZERO,
                Map.of(),
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                Optional.of(rule));
    }
}
