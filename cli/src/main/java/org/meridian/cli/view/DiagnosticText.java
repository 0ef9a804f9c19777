package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;

/** Problems the way compilers print them; what servers and programs said in them moves no cursor. */
final class DiagnosticText {
    private final Style style;

    DiagnosticText(Style style) {
        this.style = style;
    }

    /** The place and the summary, the detail indented, then what to do next. */
    List<String> lines(Diagnostic problem) {
        List<String> lines = new ArrayList<>();
        String where = problem.where()
                .map(place -> style.bold(Visible.of(place + ":")) + " ")
                .orElse("");
        lines.add(where + style.red("error:") + " " + Visible.of(problem.summary()));
        problem.detail().lines().forEach(line -> lines.add(("    " + Visible.of(line)).stripTrailing()));
        List<String> suggestion = problem.suggestion().lines().map(Visible::of).toList();
        for (int i = 0; i < suggestion.size(); i++) {
            lines.add((i == 0 ? "  -> " : "     ") + suggestion.get(i));
        }
        return lines;
    }
}
