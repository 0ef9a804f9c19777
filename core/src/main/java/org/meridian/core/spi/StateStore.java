package org.meridian.core.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;

/** Remembers releases and rollouts, and holds the lock. The world is the truth; this is history and intent. */
public interface StateStore extends AutoCloseable {
    /** Takes the lock; throws {@link org.meridian.core.diagnostic.Failure} of kind LOCKED when somebody has it. */
    Lock lock(Holder holder);

    /** Who holds the lock now, if anybody does. */
    Optional<Holder> holder();

    /** Every release, oldest first. */
    List<Release> releases();

    /** Adds a release or replaces the one with its number. */
    void save(Lock lock, Release release);

    /** Every rollout, oldest first. */
    List<RolloutRecord> rollouts();

    /** Adds a rollout or replaces the one with its number. */
    void save(Lock lock, RolloutRecord rollout);

    /** Every receipt kept, oldest first. */
    List<Receipt> receipts();

    /** Keeps a receipt. */
    void save(Lock lock, Receipt receipt);

    /** Forgets everything about the app. */
    void clear(Lock lock);

    @Override
    void close();

    /** The right to act; given back by closing it. */
    interface Lock extends AutoCloseable {
        /** Grows with each lock taken; a write that bears an old one is refused. */
        long token();

        @Override
        void close();
    }

    /**
     * Who holds the lock.
     *
     * @param who   user and host
     * @param what  the command
     * @param since when it was taken
     */
    record Holder(String who, String what, Instant since) {}
}
