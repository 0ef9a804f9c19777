package org.meridian.drivers.state;

import static java.util.Objects.requireNonNull;

import org.meridian.core.spi.StateStore.Lock;

/**
 * What a write bears and the store compares.
 *
 * @param token the number, which only grows as long as the store keeps what was written to it
 * @param claim the claim's identity, which no other has, whatever became of the store
 */
public record Fence(long token, String claim) {
    /** Checks that no part is null. */
    public Fence {
        requireNonNull(claim, "claim is null");
    }

    /** The fence of a lock. */
    public static Fence of(Lock lock) {
        return new Fence(lock.token(), lock.claim());
    }
}
