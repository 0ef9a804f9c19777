package org.meridian.cli;

import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;

/**
 * What this machine gets to over SSH.
 *
 * @param reached  how many machines and servers it gets to
 * @param problems why it does not get to each of the others
 */
public record Reach(int reached, List<Diagnostic> problems) {
    /** Copies the problems. */
    public Reach {
        problems = List.copyOf(problems);
    }
}
