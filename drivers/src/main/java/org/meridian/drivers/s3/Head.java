package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.meridian.core.model.RolloutRecord;
import org.meridian.drivers.state.Claim;

/**
 * An app's one object that changes: who has the lock, and which objects count. What it does not name does not exist for
 * readers, whoever wrote it.
 *
 * @param format what this is written in, 1
 * @param write  different with every write, so that no two contents have the same tag
 * @param token  of the last lock taken
 * @param holder who has the lock; empty while nobody has
 * @param loose  tokens whose journals still lie in pieces, though they have the lock no more
 * @param index  what counts
 */
record Head(int format, String write, long token, Optional<Claim> holder, Set<Long> loose, Index index) {
    static final int FORMAT = 1;

    /** Copies the tokens. */
    Head {
        requireNonNull(write, "write is null");
        requireNonNull(holder, "holder is null");
        loose = Set.copyOf(loose);
        requireNonNull(index, "index is null");
    }

    /** Before anything was written. */
    static Head none() {
        return new Head(FORMAT, "", 0, Optional.empty(), Set.of(), new Index(Map.of(), List.of(), Map.of(), Map.of()));
    }

    boolean isHeldWith(long wanted) {
        return token == wanted && holder.isPresent();
    }

    /** The tokens whose journals lie in pieces, that of the holder included; in the order of writing. */
    List<Long> inPieces() {
        Set<Long> tokens = new TreeSet<>(loose);
        holder.ifPresent(claim -> tokens.add(token));
        return List.copyOf(tokens);
    }

    /** With the next token, for this holder. */
    Head taken(Claim claim) {
        return with(token + 1, Optional.of(claim), Set.copyOf(inPieces()), index);
    }

    /** The same, held by the same: another write, which begins the lease anew. */
    Head renewed() {
        return with(token, holder, loose, index);
    }

    /** Without a holder, whose journal is left in pieces. */
    Head released() {
        return with(token, Optional.empty(), Set.copyOf(inPieces()), index);
    }

    /** Without a holder, who has gathered its journal into these objects. */
    Head givenBack(Map<Integer, String> journals) {
        return with(token, Optional.empty(), loose, index.gathered(journals));
    }

    /** With these objects for the journal that the token had in pieces. */
    Head gathered(long from, Map<Integer, String> journals) {
        if (!loose.contains(from)) {
            return this;
        }
        Set<Long> left = new TreeSet<>(loose);
        left.remove(from);
        return with(token, holder, left, index.gathered(journals));
    }

    Head with(Index newIndex) {
        return with(token, holder, loose, newIndex);
    }

    private Head with(long newToken, Optional<Claim> newHolder, Set<Long> newLoose, Index newIndex) {
        return new Head(FORMAT, UUID.randomUUID().toString(), newToken, newHolder, newLoose, newIndex);
    }

    /**
     * What counts.
     *
     * @param releases each release's object by its number
     * @param rollouts every rollout, itself
     * @param receipts each receipt's object by its number
     * @param journals each rollout's gathered journals by its number, oldest first
     */
    record Index(
            Map<Integer, String> releases,
            List<RolloutRecord> rollouts,
            Map<Integer, String> receipts,
            Map<Integer, List<String>> journals) {
        /** Copies and sorts. */
        Index {
            releases = new TreeMap<>(releases);
            rollouts = List.copyOf(rollouts);
            receipts = new TreeMap<>(receipts);
            journals = new TreeMap<>(journals);
        }

        Index withRelease(int number, String key) {
            return new Index(plus(releases, number, key), rollouts, receipts, journals);
        }

        Index withReceipt(int number, String key) {
            return new Index(releases, rollouts, plus(receipts, number, key), journals);
        }

        Index withRollout(RolloutRecord rollout) {
            Map<Integer, RolloutRecord> all = new TreeMap<>();
            rollouts.forEach(other -> all.put(other.number(), other));
            all.put(rollout.number(), rollout);
            return new Index(releases, List.copyOf(all.values()), receipts, journals);
        }

        private Index gathered(Map<Integer, String> more) {
            Map<Integer, List<String>> all = new TreeMap<>(journals);
            more.forEach((rollout, key) -> {
                List<String> keys = new ArrayList<>(all.getOrDefault(rollout, List.of()));
                keys.add(key);
                all.put(rollout, keys);
            });
            return new Index(releases, rollouts, receipts, all);
        }

        private static Map<Integer, String> plus(Map<Integer, String> before, int number, String key) {
            Map<Integer, String> after = new TreeMap<>(before);
            after.put(number, key);
            return after;
        }
    }
}
