package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.config.guess.Guesses;
import org.meridian.core.diagnostic.Diagnostic;

/**
 * A first configuration, and what whoever asked for it has to know of it.
 *
 * @param text     what belongs into the file
 * @param compose  the Compose file's name
 * @param guesses  what was guessed, and why
 * @param settle   what keeps it from being deployed, in the order of the files; empty when it loads
 * @param warnings what works and may surprise
 */
public record Starter(
        String text, String compose, Guesses guesses, List<Diagnostic> settle, List<Diagnostic> warnings) {
    /** Copies the lists. */
    public Starter {
        requireNonNull(text, "text is null");
        requireNonNull(compose, "compose is null");
        requireNonNull(guesses, "guesses is null");
        settle = List.copyOf(settle);
        warnings = List.copyOf(warnings);
    }
}
