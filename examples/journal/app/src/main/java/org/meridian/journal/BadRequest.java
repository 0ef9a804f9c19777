package org.meridian.journal;

import static java.util.Objects.requireNonNull;

/** A request that its sender has to fix. */
final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String advice;

    BadRequest(String advice) {
        super(advice);
        this.advice = requireNonNull(advice, "advice is null");
    }

    BadRequest(String advice, Throwable cause) {
        super(advice, cause);
        this.advice = requireNonNull(advice, "advice is null");
    }

    /** What to tell the person who sent it. */
    String advice() {
        return advice;
    }
}
