package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

/**
 * A service and the part that it plays.
 *
 * @param facts what stands there
 * @param kind  the part
 */
record Candidate(ServiceFacts facts, Kind kind) {
    Candidate {
        requireNonNull(facts, "facts is null");
        requireNonNull(kind, "kind is null");
    }

    String name() {
        return facts.name();
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
