package org.meridian.web.security;

/** What somebody may do. */
public enum Role {
    /** May look. */
    VIEWER("viewer"),
    /** May look, open terminals, answer rollouts and roll back. */
    OPERATOR("operator");

    private final String written;

    Role(String written) {
        this.written = written;
    }

    /** The form in JSON. */
    public String written() {
        return written;
    }
}
