package org.meridian.cli;

import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.testkit.simulation.Ending;

/** What the exit codes mean; scripts rely on them. */
public final class ExitCode {
    /** Done, or nothing to do. */
    public static final int DONE = 0;
    /** Failed; what was begun was put back. */
    public static final int FAILED = 1;
    /** Bad usage or bad configuration; nothing was touched. */
    public static final int USAGE = 2;
    /** Failed and needs a person. */
    public static final int NEEDS_PERSON = 3;
    /** Locked by somebody else. */
    public static final int LOCKED = 4;
    /** Interrupted, or not confirmed. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** For a deploy or a scaling that ended. */
    public static int ofDeploy(Receipt.Outcome outcome) {
        return switch (outcome) {
            case DEPLOYED, SCALED, UNCHANGED -> DONE;
            case ROLLED_BACK -> FAILED;
            case PAUSED, FAILED -> NEEDS_PERSON;
        };
    }

    /** For a rollback that ended; its success is that things were put back. */
    public static int ofRollback(Receipt.Outcome outcome) {
        return switch (outcome) {
            case DEPLOYED, SCALED, UNCHANGED, ROLLED_BACK -> DONE;
            case PAUSED, FAILED -> NEEDS_PERSON;
        };
    }

    /** For a simulated deploy. */
    public static int of(Ending simulated) {
        return switch (simulated) {
            case DEPLOYED -> DONE;
            case ROLLED_BACK, GAVE_UP -> FAILED;
            case REFUSED -> USAGE;
            case PAUSED, NEEDS_PERSON -> NEEDS_PERSON;
            case LOCKED -> LOCKED;
        };
    }

    /** For a command that failed. */
    public static int of(Failure.Kind kind) {
        return switch (kind) {
            case FAILED, NO_ANSWER -> FAILED;
            case NEEDS_PERSON -> NEEDS_PERSON;
            case USAGE -> USAGE;
            case LOCKED -> LOCKED;
        };
    }
}
