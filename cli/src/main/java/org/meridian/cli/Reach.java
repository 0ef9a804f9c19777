package org.meridian.cli;

import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;

/**
 * What this machine gets to over SSH.
 *
 * @param reached  how many machines and servers it gets to
 * @param problems why it does not get to each of the others
 * @param notShipping why logs of some that it gets to are not shipped
 */
public record Reach(int reached, List<Diagnostic> problems, List<Diagnostic> notShipping) {
    /** Copies the problems. */
    public Reach {
        problems = List.copyOf(problems);
        notShipping = List.copyOf(notShipping);
    }

    /** Servers that ship what they shall. */
    public Reach(int reached, List<Diagnostic> problems) {
        this(reached, problems, List.of());
    }
}
