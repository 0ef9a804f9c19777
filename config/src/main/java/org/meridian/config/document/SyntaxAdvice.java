package org.meridian.config.document;

import org.snakeyaml.engine.v2.exceptions.Mark;
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
        return "this is not YAML: " + problem
                + (context == null || context.isBlank() ? "" : " (" + context + begun(e) + ")");
    }

    /** Where that began which the parser was about, if the place that is reported is another line. */
    private static String begun(MarkedYamlEngineException e) {
        return e.getContextMark()
                .map(Mark::getLine)
                .filter(line -> !isOfBeginning(e))
                .filter(line -> e.getProblemMark()
                        .filter(stopped -> stopped.getLine() != line)
                        .isPresent())
                .map(line -> ", from line " + (line + 1))
                .orElse("");
    }

    /** Whether the problem is where something began that did not end as it had to: a key, a quote, a bracket. */
    static boolean isOfBeginning(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        return problem.contains("could not find expected ':'")
                || problem.contains("unexpected end of stream")
                || (problem.contains("expected ',' or") && problem.contains("stream end"));
    }

    /** Whether a colon stands where none may be, which one that is missing further up can be the cause of. */
    static boolean isSecondColon(MarkedYamlEngineException e) {
        return String.valueOf(e.getProblem()).contains("mapping values are not allowed");
    }

    static String suggestion(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (tab(problem)) {
            return "Indent with spaces.";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "Write 'key: value', quote a value that has ': ' in it, or indent the line like the one above.";
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
            return "Close the quote that is opened here.";
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
