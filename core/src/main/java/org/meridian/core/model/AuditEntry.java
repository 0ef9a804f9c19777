package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * That somebody did something to the app, for those who ask later; never what it printed.
 *
 * @param at     when it began
 * @param who    user and host, or who a trusted proxy says it is
 * @param action what kind of act, such as {@code exec}, {@code rollback}, {@code login-refused}
 * @param where  the servers or regions; empty for the whole app
 * @param what   the details for a person, such as the command
 */
public record AuditEntry(Instant at, String who, String action, List<String> where, String what) {
    /** Copies the places. */
    public AuditEntry {
        requireNonNull(at, "at is null");
        requireNonNull(who, "who is null");
        requireNonNull(action, "action is null");
        where = List.copyOf(where);
        requireNonNull(what, "what is null");
    }
}
