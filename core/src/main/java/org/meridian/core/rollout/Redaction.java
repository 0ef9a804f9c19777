package org.meridian.core.rollout;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Secret;

/**
 * Takes secret values out of what was written elsewhere: a command's output, a container's log, an error of a server.
 *
 * <p>A value is found in the forms that programs write it in, too ({@link Guises}), and so is the password in a value that
 * is a URL; and where lines were broken within it, as base64 is.
 *
 * <p>Values of fewer than four characters stay, since masking them would take ordinary words apart. Of a value with
 * several lines each long one is masked by itself, too, since logs break it up.
 */
public final class Redaction {
    private static final int SHORTEST_VALUE = 4;
    private static final int SHORTEST_LINE = 8;
    /** What stands for a value. */
    static final String MASK = "***";

    /** A person does not mind; pieces of one write come closer together. */
    private static final Duration SOON = Duration.ofMillis(250);

    /** For output in which nothing is secret. */
    public static final Redaction NONE = new Redaction(List.of());

    private final List<String> hidden;
    private final List<String> breakable;

    /** Hides these. */
    public Redaction(Collection<Secret> secrets) {
        this(secrets.stream()
                .map(Secret::reveal)
                .flatMap(Guises::values)
                .flatMap(Redaction::parts)
                .distinct()
                .flatMap(Guises::of));
    }

    private Redaction(Stream<String> forms) {
        this.hidden = forms.filter(form -> form.length() >= SHORTEST_VALUE)
                .distinct()
                // One value may be a part of another, of which then half would stay.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        // Shorter ones are met by chance where two lines meet.
        this.breakable =
                hidden.stream().filter(form -> form.length() >= SHORTEST_LINE).toList();
    }

    private static Stream<String> parts(String value) {
        Stream<String> lines =
                value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE && !line.equals(value));
        return Stream.concat(Stream.of(value).filter(whole -> whole.length() >= SHORTEST_VALUE), lines);
    }

    /** Whether there is nothing to mask. */
    public boolean isEmpty() {
        return hidden.isEmpty();
    }

    /** The same for texts in which each character stands for a byte of what is written in UTF-8. */
    Redaction ofBytes() {
        return new Redaction(hidden.stream()
                .map(form -> new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }

    /** The text with every value replaced. */
    public String mask(String text) {
        return hidden.isEmpty() ? text : find(text).masked(0, text.length(), MASK);
    }

    /**
     * What a program writes, with every value replaced as it comes; whatever it asks is shown soon. {@code met} is run when there
     * was the first value.
     */
    public InputStream mask(InputStream written, Runnable met) {
        return hidden.isEmpty() ? written : new MaskedInput(written, this, SOON, met);
    }

    /** Where the values stand in a text. */
    Occurrences find(String text) {
        return new Occurrences(text, hidden, breakable);
    }

    /** The same event with every value replaced in what was written elsewhere. */
    RolloutEvent mask(RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Note note -> new RolloutEvent.Note(note.at(), mask(note.text()));
            case RolloutEvent.Failed failed ->
                new RolloutEvent.Failed(failed.at(), failed.region(), mask(failed.problem()));
            case RolloutEvent.ProbeFailed failed ->
                new RolloutEvent.ProbeFailed(failed.at(), failed.from(), mask(failed.detail()));
            default -> event;
        };
    }

    /** The same failure with every value replaced in what it tells. */
    public Failure mask(Failure failure) {
        return failure.telling(this::mask);
    }

    private Diagnostic mask(Diagnostic problem) {
        return new Diagnostic(
                problem.code(),
                mask(problem.summary()),
                mask(problem.detail()),
                mask(problem.suggestion()),
                problem.where());
    }
}
