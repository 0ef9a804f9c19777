package org.meridian.config.compose;

import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Location;

/** How much of a project may come by {@code include}: a file that includes itself twice doubles with each level. */
final class Inclusions {
    /** Deeper than anybody nests them, shallow enough for the stack. */
    private static final int DEEPEST = 20;

    /** In all, each counted as often as it is included; more than anybody writes. */
    private static final int MOST = 200;

    private final Problems problems;
    private int depth;
    private int all;

    Inclusions(Problems problems) {
        this.problems = problems;
    }

    /** Whether there may be one more, which {@link #end} ends; the first that is too many is a problem. */
    boolean begin(Location where) {
        if (all > MOST) {
            return false;
        }
        if (depth == DEEPEST) {
            wrong(where, "include-depth", "files include one another more than " + DEEPEST + " deep here");
            return false;
        }
        all++;
        if (all > MOST) {
            wrong(where, "include-number", "with this, more than " + MOST + " files are included");
            return false;
        }
        depth++;
        return true;
    }

    void end() {
        depth--;
    }

    private void wrong(Location where, String code, String summary) {
        problems.error(where, code, summary, "Take 'include' out of one of them.");
    }
}
