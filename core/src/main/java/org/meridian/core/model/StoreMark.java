package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
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

    /** The mark that tags tell; empty where they have none, or none that Meridian wrote. */
    public static Optional<StoreMark> parse(String store, String maker) {
        try {
            return store.isEmpty() ? Optional.empty() : Optional.of(new StoreMark(UUID.fromString(store), maker));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "the state of " + (maker.isEmpty() ? "somebody" : maker) + " (" + store + ")";
    }
}
