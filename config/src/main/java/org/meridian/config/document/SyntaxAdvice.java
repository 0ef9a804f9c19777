package org.meridian.config.document;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in a person's words what the YAML parser complains about. */
final class SyntaxAdvice {
    private SyntaxAdvice() {}

    static String summary(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (tab(problem)) {
            return "a tab stands where only spaces may";
        }
        String context = e.getContext();
        return "this is not YAML: " + problem + (context == null || context.isBlank() ? "" : " (" + context + ")");
    }

    static String suggestion(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (tab(problem)) {
            return "Indent with spaces.";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "Quote a value that has ': ' in it, or indent this line like the one above.";
        }
        if (problem.contains("expected <block end>")) {
            return "Indent this line like the others of its block.";
        }
        if (problem.contains("could not find expected ':'")) {
            return "Write 'key: value', with a space after the colon.";
        }
        if (problem.contains("cannot start any token")) {
            return "Put the value in quotes.";
        }
        if (problem.contains("unexpected end of stream")) {
            return "Close the quote that was opened above.";
        }
        if (problem.contains("expected ',' or")) {
            return "Close the bracket or brace, or put a comma between the items.";
        }
        return "Correct the line, or the one above it; values with special characters need quotes.";
    }

    private static boolean tab(String problem) {
        return problem.contains("\\t") || problem.contains("TAB") || problem.contains("\t");
    }
}
