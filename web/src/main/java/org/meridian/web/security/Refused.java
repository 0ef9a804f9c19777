package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;

/** A request that is not answered, and the status that says so. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Diagnostic problem;
    private final transient Optional<Duration> retryAfter;

    /** With this status. */
    public Refused(int status, Diagnostic problem) {
        this(status, problem, Optional.empty());
    }

    /** With this status, to be tried again after a while. */
    public Refused(int status, Diagnostic problem, Optional<Duration> retryAfter) {
        // It is an answer and no surprise, so nobody needs a trace.
        super(problem.summary(), null, false, false);
        this.status = status;
        this.problem = requireNonNull(problem, "problem is null");
        this.retryAfter = requireNonNull(retryAfter, "retryAfter is null");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong. */
    public Diagnostic problem() {
        return problem;
    }

    /** When to try again; empty when that would change nothing. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
