package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

/**
 * That somebody was let in.
 *
 * @param visitor who
 * @param stay    for how long
 */
public record Admission(Visitor visitor, Stay stay) {
    /** Checks that no part is null. */
    public Admission {
        requireNonNull(visitor, "visitor is null");
        requireNonNull(stay, "stay is null");
    }
}
