package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One deploy key taking another's place: how far that is.
 *
 * @param from  the former public key in OpenSSH's form, without a comment
 * @param to    the new one
 * @param phase how far it is
 * @param who   who began it
 * @param since when
 */
public record KeyRotation(String from, String to, Phase phase, String who, Instant since) {
    /** Checks that no part is null and that the keys differ. */
    public KeyRotation {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(who, "who is null");
        requireNonNull(since, "since is null");
        if (from.equals(to)) {
            throw new IllegalArgumentException("a key does not take its own place");
        }
    }

    /** The same, that far. */
    public KeyRotation in(Phase next) {
        return new KeyRotation(from, to, next, who, since);
    }

    /** Whether there is something left to do. */
    public boolean underWay() {
        return phase != Phase.DONE && phase != Phase.UNDONE;
    }

    /** How far a rotation is. */
    public enum Phase {
        /** Machines get the new key beside the former one, which is still the one to log in with. */
        ADDING,
        /** Every machine accepts both; the new one is the one to log in with, and the former one goes. */
        REMOVING,
        /** No machine accepts the former one. */
        DONE,
        /** The new key goes, and the former one stays. */
        UNDOING,
        /** No machine accepts the new one. */
        UNDONE
    }
}
