package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

/**
 * Somebody whom the dashboard let in.
 *
 * @param who  who, as the audit log shows it: what a trusted proxy says, or the role and the address
 * @param role what they may do
 */
public record Visitor(String who, Role role) {
    /** Checks that no part is null. */
    public Visitor {
        requireNonNull(who, "who is null");
        requireNonNull(role, "role is null");
    }

    /** Somebody who came with a token, of whom nothing but the address is known. */
    static Visitor at(String address, Role role) {
        return new Visitor(role.written() + " at " + address, role);
    }
}
