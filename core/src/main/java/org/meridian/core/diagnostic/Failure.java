package org.meridian.core.diagnostic;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Something failed in a way that a person can act on; carries one or more diagnostics and how to exit. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_LISTED = 100;

    private final transient List<Diagnostic> diagnostics;
    private final Kind kind;

    private Failure(Kind kind, List<Diagnostic> diagnostics, @Nullable Throwable cause) {
        super(diagnostics.getFirst().summary(), cause);
        this.kind = kind;
        this.diagnostics = readable(diagnostics);
    }

    /** The first ones, and how many there are more: nobody reads ten thousand lines. */
    private static List<Diagnostic> readable(List<Diagnostic> all) {
        if (all.size() <= MOST_LISTED + 1) {
            return List.copyOf(all);
        }
        List<Diagnostic> first = new ArrayList<>(all.subList(0, MOST_LISTED));
        Diagnostic next = all.get(MOST_LISTED);
        first.add(new Diagnostic(
                "more-problems",
                "and " + (all.size() - MOST_LISTED) + " more problems, of which this is the next: " + next.summary(),
                "",
                "Correct those above first.",
                next.where()));
        return List.copyOf(first);
    }

    /** Something outside did not do what was asked of it. */
    public static Failure of(Diagnostic diagnostic) {
        return new Failure(Kind.FAILED, List.of(diagnostic), null);
    }

    /** Something outside did not do several things that were asked of it. */
    public static Failure of(List<Diagnostic> diagnostics) {
        return new Failure(Kind.FAILED, diagnostics, null);
    }

    /** Something outside did not do what was asked of it, for this reason. */
    public static Failure of(Diagnostic diagnostic, Throwable cause) {
        return new Failure(Kind.FAILED, List.of(diagnostic), requireNonNull(cause, "cause is null"));
    }

    /**
     * Nothing outside said yes or no: a call took longer than it may, a connection was refused or lost. Whether the act
     * happened, or how it is, nobody knows; asking again may tell.
     */
    public static Failure noAnswer(Diagnostic diagnostic) {
        return new Failure(Kind.NO_ANSWER, List.of(diagnostic), null);
    }

    /** Several parts outside said neither yes nor no; see {@link #noAnswer(Diagnostic)}. */
    public static Failure noAnswer(List<Diagnostic> diagnostics) {
        return new Failure(Kind.NO_ANSWER, diagnostics, null);
    }

    /** Nothing outside said yes or no, for this reason; see {@link #noAnswer(Diagnostic)}. */
    public static Failure noAnswer(Diagnostic diagnostic, Throwable cause) {
        return new Failure(Kind.NO_ANSWER, List.of(diagnostic), requireNonNull(cause, "cause is null"));
    }

    /** Something could not be put right, and a person is needed. */
    public static Failure needsPerson(Diagnostic diagnostic) {
        return new Failure(Kind.NEEDS_PERSON, List.of(diagnostic), null);
    }

    /** The command line or the configuration is wrong; nothing was touched. */
    public static Failure usage(List<Diagnostic> diagnostics) {
        return new Failure(Kind.USAGE, diagnostics, null);
    }

    /** The command line or the configuration is wrong; nothing was touched. */
    public static Failure usage(Diagnostic diagnostic) {
        return usage(List.of(diagnostic));
    }

    /** Somebody else holds the lock. */
    public static Failure locked(Diagnostic diagnostic) {
        return new Failure(Kind.LOCKED, List.of(diagnostic), null);
    }

    /** The same failure, telling what {@code retelling} makes of each diagnostic; its causes are left away. */
    public Failure telling(UnaryOperator<Diagnostic> retelling) {
        Failure failure = new Failure(kind, diagnostics.stream().map(retelling).toList(), null);
        failure.setStackTrace(getStackTrace());
        return failure;
    }

    /** What is wrong, never empty. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** What kind of failure this is. */
    public Kind kind() {
        return kind;
    }

    /** The first diagnostic. */
    public Diagnostic diagnostic() {
        return diagnostics.getFirst();
    }

    /** Kinds of failure, which decide the exit code. */
    public enum Kind {
        /** A step failed. */
        FAILED,
        /** A step got no answer: a time limit, a connection that was refused or lost. */
        NO_ANSWER,
        /** Something could not be put right, and a person is needed. */
        NEEDS_PERSON,
        /** Bad usage or bad configuration. */
        USAGE,
        /** Locked by somebody else. */
        LOCKED
    }
}
