package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.meridian.config.Starter;
import org.meridian.config.guess.Guess;
import org.meridian.core.diagnostic.Diagnostic;

/** A first configuration: what was guessed and why, what has to be settled, what may surprise, and what to do next. */
final class StarterText {
    private final Style style;

    StarterText(Style style) {
        this.style = requireNonNull(style, "style is null");
    }

    List<String> lines(Path file, Starter starter) {
        List<String> lines = new ArrayList<>();
        lines.add("Wrote " + file + ", guessed from " + Visible.of(starter.compose()) + ":");
        lines.addAll(guesses(starter));
        section(lines, "To settle before a deploy", starter.settle(), style::red);
        section(lines, "To know", starter.warnings(), style::yellow);
        lines.add("");
        lines.add(next(file, starter));
        return lines;
    }

    private List<String> guesses(Starter starter) {
        Table table = new Table("key", "guess", "because");
        row(table, "serve.service", starter.guesses().service());
        row(table, "serve.port", starter.guesses().port());
        row(table, "serve.health.path", starter.guesses().health());
        row(table, "image", starter.guesses().image());
        return table.lines(style);
    }

    private void row(Table table, String key, Guess<?> guess) {
        String value = Visible.of(guess.value().toString());
        String because = Visible.of(guess.because());
        table.row(key, guess.known() ? value : style.yellow(value), guess.known() ? because : style.yellow(because));
    }

    private void section(List<String> lines, String title, List<Diagnostic> problems, UnaryOperator<String> colour) {
        if (problems.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(colour.apply(title) + " (" + problems.size() + "):");
        for (Diagnostic problem : problems) {
            String where = problem.where()
                    .map(place -> style.bold(Visible.of(place + ":")) + " ")
                    .orElse("");
            lines.add(where + Visible.of(problem.summary()));
            problem.suggestion().lines().forEach(line -> lines.add("  -> " + Visible.of(line)));
        }
    }

    private static String next(Path file, Starter starter) {
        return starter.settle().isEmpty()
                ? "Look it over, then run 'meridian plan'."
                : "Settle these, which are in " + file + " as comments too, then run 'meridian plan'.";
    }
}
