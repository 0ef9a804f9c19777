package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What tells an app's state in one store from that in any other; made once, and kept for as long as the store is.
 *
 * @param mark    what servers made from it bear
 * @param adopted stores that are lost and whose servers this one has taken over
 */
public record StoreIdentity(StoreMark mark, Set<UUID> adopted) {
    /** Copies the set. */
    public StoreIdentity {
        requireNonNull(mark, "mark is null");
        adopted = Set.copyOf(adopted);
    }

    /** A new one, unlike any other, made by this user and host; tags take no others of its characters. */
    public static StoreIdentity make(String maker) {
        String user = maker.replaceFirst(" \\(pid .*", "").replaceAll("[^A-Za-z0-9@._-]", "-");
        return new StoreIdentity(new StoreMark(UUID.randomUUID(), user), Set.of());
    }

    /** The same, which owns the servers of that store as well. */
    public StoreIdentity adopting(UUID store) {
        Set<UUID> all = new TreeSet<>(adopted);
        all.add(store);
        return new StoreIdentity(mark, all);
    }

    /** Whether something that bears this mark is its own. What bears none was made before there were marks, and is. */
    public boolean owns(Optional<StoreMark> other) {
        return other.map(StoreMark::store)
                .filter(store -> !store.equals(mark.store()) && !adopted.contains(store))
                .isEmpty();
    }
}
