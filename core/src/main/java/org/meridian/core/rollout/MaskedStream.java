package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

/**
 * Takes secrets out of a text that comes in pieces, wherever it is cut: what may be the beginning of a value waits for the
 * rest.
 *
 * <p>A program that asks a person something writes no more until it is answered, so that a few characters do not wait for
 * long: {@link #paused} lets so many go as give nothing away. They are remembered, and what follows them is masked where
 * they turn out to have been a value's beginning.
 */
final class MaskedStream {
    /** Fewer than values have that are masked at all. */
    private static final int HARMLESS = 3;

    private final Redaction redaction;
    private String waiting = "";
    private int gone;
    private boolean masked;

    MaskedStream(Redaction redaction) {
        this.redaction = requireNonNull(redaction, "redaction is null");
    }

    /** Takes a piece; what can be shown by now. */
    String add(String piece) {
        String text = waiting + piece;
        Occurrences found = redaction.find(text);
        int settled = found.settled();
        String shown = shown(found, settled);
        waiting = text.substring(settled);
        gone = Math.max(0, gone - settled);
        return shown;
    }

    /** Nothing came for a while: what can be shown all the same. */
    String paused() {
        if (redaction.find(waiting).letters() > HARMLESS) {
            return "";
        }
        String shown = waiting.substring(gone);
        gone = waiting.length();
        return shown;
    }

    /** Nothing comes any more: the rest. */
    String end() {
        String rest = shown(redaction.find(waiting), waiting.length());
        waiting = "";
        gone = 0;
        return rest;
    }

    private String shown(Occurrences found, int to) {
        masked |= found.within(gone, to);
        return found.masked(gone, to, Redaction.MASK);
    }

    /** Whether there was a value. */
    boolean masked() {
        return masked;
    }

    /** Whether something waits. */
    boolean waits() {
        return waiting.length() > gone;
    }
}
