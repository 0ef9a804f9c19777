package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;

/** Problems the way compilers print them. */
final class DiagnosticText {
    private final Style style;

    DiagnosticText(Style style) {
        this.style = style;
    }

    /** The place and the summary, the detail indented, then what to do next. */
    List<String> lines(Diagnostic problem) {
        List<String> lines = new ArrayList<>();
        String where =
                problem.where().map(place -> style.bold(place + ":") + " ").orElse("");
        lines.add(where + style.red("error:") + " " + problem.summary());
        problem.detail().lines().forEach(line -> lines.add(("    " + line).stripTrailing()));
        List<String> suggestion = problem.suggestion().lines().toList();
        for (int i = 0; i < suggestion.size(); i++) {
            lines.add((i == 0 ? "  -> " : "     ") + suggestion.get(i));
        }
        return lines;
    }
}
