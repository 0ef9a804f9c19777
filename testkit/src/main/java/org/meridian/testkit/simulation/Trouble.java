package org.meridian.testkit.simulation;

import java.time.Duration;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Calls of one kind that go wrong: some are let pass first, then some go wrong. */
final class Trouble {
    final How how;
    final Duration hang;
    private final Effect effect;
    private int pass;
    private int left;

    Trouble(Effect effect, int pass, int left, How how, Duration hang) {
        this.effect = effect;
        this.pass = pass;
        this.left = left;
        this.how = how;
        this.hang = hang;
    }

    /** Whether this call of that kind is one that goes wrong; counts it. */
    boolean strikes(Effect called) {
        if (called != effect || left == 0) {
            return false;
        }
        if (pass > 0) {
            pass--;
            return false;
        }
        left--;
        return true;
    }

    /** What a call that went wrong says. */
    Failure failure(Object what) {
        return how.answers() ? refused(effect, what) : unanswered(effect, what);
    }

    private static Failure refused(Effect effect, Object what) {
        return Failure.of(
                Diagnostic.of("simulated", effect + " " + what + " failed", "Nothing: the simulation wants it so."));
    }

    /** What a call says that nobody answered. */
    static Failure unanswered(Effect effect, Object what) {
        return Failure.noAnswer(Diagnostic.of(
                "simulated", effect + " " + what + " got no answer", "Nothing: the simulation wants it so."));
    }

    /** How a call goes wrong. */
    public enum How {
        /** It fails and nothing happened. */
        FAILS,
        /** It happens and is reported as failed. */
        HAPPENS_AND_FAILS,
        /** It hangs until its time is over, and nothing happened. */
        HANGS,
        /** It hangs until its time is over, and happened. */
        HAPPENS_AND_HANGS,
        /** It does not arrive, and nobody says so. */
        LOST,
        /** It happens, and its answer is lost. */
        HAPPENS_AND_LOST,
        /** It takes long and goes well. */
        SLOW;

        boolean happens() {
            return this == HAPPENS_AND_FAILS || this == HAPPENS_AND_HANGS || this == HAPPENS_AND_LOST || this == SLOW;
        }

        /** Whether somebody says that it failed, rightly or not. */
        boolean answers() {
            return this == FAILS || this == HAPPENS_AND_FAILS;
        }

        boolean hangs() {
            return this == HANGS || this == HAPPENS_AND_HANGS || this == SLOW;
        }
    }
}
