package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * The mark that a server bears of the state store from which it was made.
 *
 * @param store the store's identity
 * @param maker who made that store, as {@code user@host}; for people, who may want to ask
 */
public record StoreMark(UUID store, String maker) {
    /** Checks that no part is null. */
    public StoreMark {
        requireNonNull(store, "store is null");
        requireNonNull(maker, "maker is null");
    }

    @Override
    public String toString() {
        return "the state of " + (maker.isEmpty() ? "somebody" : maker) + " (" + store + ")";
    }
}
