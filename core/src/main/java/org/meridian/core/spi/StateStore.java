package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.StoreIdentity;

/**
 * Remembers releases, rollouts and the journal, and holds the lock. The world is the truth; this is history and intent.
 *
 * <p>Every call has a time limit of its own and throws {@link org.meridian.core.diagnostic.Failure}: with the code
 * {@link #UNREACHABLE} when the store can't be used, of kind NO_ANSWER where it said neither yes nor no and may soon; with
 * the code {@link #LOCK_LOST} when the lock that a write bears is no longer the current one. A write that was answered by
 * neither success nor LOCK_LOST may or may not have happened; repeating it does no harm.
 */
public interface StateStore extends AutoCloseable {
    /** The code of the diagnostic that says that the store does not answer. */
    String UNREACHABLE = "state-unreachable";

    /** The code of the diagnostic that says that the lock is no longer held. */
    String LOCK_LOST = "lock-lost";

    /** How long a lock lives without being renewed. */
    Duration LEASE = Duration.ofSeconds(30);

    /** Takes the lock with a claim of its own; see {@link #lock(Holder, String)}. */
    default Lock lock(Holder holder) {
        return lock(holder, UUID.randomUUID().toString());
    }

    /**
     * Takes the lock; throws {@link org.meridian.core.diagnostic.Failure} of kind LOCKED when somebody has it who is
     * alive as far as can be told: whose lease is not over, and whose process is not known to have ended.
     *
     * @param claim tells this taking from every other: when an earlier try with the same claim took the lock and its answer
     *     was lost, this one returns that lock
     */
    Lock lock(Holder holder, String claim);

    /** Who holds the lock now, if anybody does who is alive as far as can be told. */
    Optional<Holder> holder();

    /**
     * Takes the lock away from whoever has it, who can write nothing from then on; tells who that was.
     *
     * <p>A lock that {@link Holder#kept()} outlives its process ends only like this.
     */
    Optional<Holder> release();

    /**
     * What tells this state from that in any other store; empty before the first lock was taken, which makes it. A store
     * that is restored from a backup has the one that it had.
     */
    Optional<StoreIdentity> identity();

    /** Replaces the identity by one with the same mark, which owns more. */
    void save(Lock lock, StoreIdentity identity);

    /** Every release, oldest first. */
    List<Release> releases();

    /** Adds a release or replaces the one with its number. */
    void save(Lock lock, Release release);

    /** Every rollout, oldest first. */
    List<RolloutRecord> rollouts();

    /** Adds a rollout or replaces the one with its number. */
    void save(Lock lock, RolloutRecord rollout);

    /** A rollout's journal in the order in which it was written; empty when it has none. */
    List<JournalEntry> journal(int rollout);

    /** Adds to the journal, all or nothing. An entry that is there already, which is equal then, is not added again. */
    void append(Lock lock, List<JournalEntry> entries);

    /** What a person said to a rollout last; empty when nobody said anything. */
    Optional<Answer> answer(int rollout);

    /** Says something to a rollout; needs no lock, since it is said to whoever has it. Replaces what was said before. */
    void save(Answer answer);

    /** Every receipt kept, oldest first. */
    List<Receipt> receipts();

    /** Keeps a receipt. */
    void save(Lock lock, Receipt receipt);

    /** Adds to the audit log; needs no lock. An entry that is there already, which is equal then, is not added again. */
    void audit(AuditEntry entry);

    /** The newest entries of the audit log, at most so many, newest first by the clocks of those who wrote them. */
    List<AuditEntry> audit(int most);

    /** The SSH host key that was pinned for a machine, by the name that the pin has; empty where none was. */
    Optional<HostKeyPin> hostKey(String machine);

    /** Pins a host key, in the place of the machine's former one; needs no lock, since it says what a machine has proved. */
    void save(HostKeyPin pin);

    /** Forgets a machine's host key; needs no lock. */
    void forgetHostKey(String machine);

    /** How far the last rotation of the deploy key is; empty before the first. */
    Optional<KeyRotation> keyRotation();

    /** Says how far a rotation is, in the place of what was said before. */
    void save(Lock lock, KeyRotation rotation);

    /** Forgets everything about the app, except the lock and its token, the identity, and the audit log. */
    void clear(Lock lock);

    @Override
    void close();

    /** The right to act; given back by closing it. */
    interface Lock extends AutoCloseable {
        /** Grows with each lock taken; a write that bears an old one is refused. */
        long token();

        /**
         * Tells this taking of the lock from every other, also from one that got the same token because the store was
         * restored from a backup meanwhile. Every write is refused unless the lock is held by this very claim.
         */
        String claim();

        /** Begins the lease again; throws a Failure with the code LOCK_LOST when somebody else has the lock. */
        void renew();

        /**
         * Gives the lock back; that it is lost is no failure. Where the store does not answer, it is kept until the lease ends,
         * unless it is given back again.
         */
        @Override
        void close();
    }

    /**
     * Who holds the lock.
     *
     * @param who     user and host
     * @param what    the command
     * @param since   when it was taken
     * @param message why, as a person wrote it; empty when nobody did
     * @param kept    whether it stays when its process ends, until a person releases it
     */
    record Holder(String who, String what, Instant since, String message, boolean kept) {
        /** Checks that no part is null. */
        public Holder {
            requireNonNull(who, "who is null");
            requireNonNull(what, "what is null");
            requireNonNull(since, "since is null");
            requireNonNull(message, "message is null");
        }

        /** A command's lock, which ends with it. */
        public Holder(String who, String what, Instant since) {
            this(who, what, since, "", false);
        }
    }
}
