package org.meridian.testkit.simulation;

import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;

/** How a command that deploys ends. */
public enum Ending {
    /** Users are on the release. */
    DEPLOYED,
    /** Users are on the former release, as before. */
    ROLLED_BACK,
    /** It failed and left everything for the next command. */
    GAVE_UP,
    /** It did not begin. */
    REFUSED,
    /** It stopped in mid-way, as configured. */
    PAUSED,
    /** It could not be put back entirely. */
    NEEDS_PERSON,
    /** Somebody else had the lock. */
    LOCKED;

    static Ending of(Receipt.Outcome outcome) {
        return switch (outcome) {
            case DEPLOYED, SCALED, UNCHANGED -> DEPLOYED;
            case ROLLED_BACK -> ROLLED_BACK;
            case PAUSED -> PAUSED;
            case FAILED -> NEEDS_PERSON;
        };
    }

    static Ending of(Failure.Kind kind) {
        return switch (kind) {
            case FAILED, NO_ANSWER -> GAVE_UP;
            case NEEDS_PERSON -> NEEDS_PERSON;
            case USAGE -> REFUSED;
            case LOCKED -> LOCKED;
        };
    }
}
