package org.meridian.cli.view;

import org.meridian.core.diagnostic.Diagnostic;

/** What works and may surprise, as one line that is the same wherever it is said. */
public final class WarningText {
    private WarningText() {}

    /** The place, that it is a warning, what may surprise, and what to do about it. */
    public static String line(Diagnostic warning) {
        String where = warning.where().map(place -> place + ": ").orElse("");
        return Visible.of(where + "warning: " + warning.summary() + ". " + warning.suggestion());
    }
}
