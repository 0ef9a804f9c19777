package org.meridian.testkit.simulation;

/** An invariant that does not hold; an Error, so that no handler of failures takes it. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
        this.invariant = invariant;
    }

    Violation(String invariant, String what, Throwable cause) {
        super(invariant + ": " + what, cause);
        this.invariant = invariant;
    }

    /** Which one, such as I3. */
    public String invariant() {
        return invariant;
    }
}
