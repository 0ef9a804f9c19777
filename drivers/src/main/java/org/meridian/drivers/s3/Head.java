package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.StoreIdentity;
import org.meridian.drivers.state.Claim;
import org.meridian.drivers.state.Fence;

/**
 * An app's one object that changes: who has the lock, and which objects count. What it does not name does not exist for
 * readers, whoever wrote it.
 *
 * @param format   what this is written in
 * @param write    different with every write, so that no two contents have the same tag
 * @param token    of the last lock taken
 * @param holder   who has the lock; empty while nobody has
 * @param run      names the pieces that the last lock's holder writes; empty in format 1, where the token alone did
 * @param loose    runs whose journals still lie in pieces, though they have the lock no more
 * @param identity what tells this state from any other; empty before the first lock, and in format 1
 * @param index    what counts
 */
record Head(
        int format,
        String write,
        long token,
        Optional<Claim> holder,
        Optional<String> run,
        Set<String> loose,
        Optional<StoreIdentity> identity,
        Index index) {
    static final int FORMAT = 2;

    /** In the order of writing, as far as their numbers tell. */
    private static final Comparator<String> OLDEST_FIRST =
            Comparator.comparingLong(Piece::tokenOf).thenComparing(Comparator.naturalOrder());

    /** Copies the runs. */
    Head {
        requireNonNull(write, "write is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(run, "run is null");
        loose = Set.copyOf(loose);
        // A name without a number is refused here, where it is known which object holds it.
        loose.forEach(Piece::tokenOf);
        run.ifPresent(Piece::tokenOf);
        requireNonNull(identity, "identity is null");
        requireNonNull(index, "index is null");
    }

    /** Before anything was written. */
    static Head none() {
        return new Head(
                FORMAT,
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                new Index(Map.of(), List.of(), Map.of(), Map.of(), Optional.empty()));
    }

    boolean isHeldWith(Fence fence) {
        return token == fence.token()
                && holder.filter(claim -> claim.id().equals(fence.claim())).isPresent();
    }

    /** The runs of former holders that have to be sealed and gathered, in the order of writing. */
    List<String> leftBehind() {
        return loose.stream().sorted(OLDEST_FIRST).toList();
    }

    /** The runs whose journals lie in pieces, that of the holder included; in the order of writing. */
    List<String> inPieces() {
        Set<String> runs = new TreeSet<>(OLDEST_FIRST);
        runs.addAll(loose);
        holder.ifPresent(claim -> runs.add(run.orElse(Long.toString(token))));
        return List.copyOf(runs);
    }

    /** With the next token, for this holder. */
    Head taken(Claim claim) {
        return new Head(
                FORMAT,
                newWrite(),
                token + 1,
                Optional.of(claim),
                Optional.of(Piece.run(new Fence(token + 1, claim.id()))),
                Set.copyOf(inPieces()),
                Optional.of(identity.orElseGet(() -> StoreIdentity.make(claim.who()))),
                index);
    }

    /** The same, held by the same: another write, which begins the lease again. */
    Head renewed() {
        return with(holder, loose, index);
    }

    /** Without a holder, whose journal is left in pieces. */
    Head released() {
        return with(Optional.empty(), Set.copyOf(inPieces()), index);
    }

    /** Without a holder, who has gathered its journal into these objects. */
    Head givenBack(Map<Integer, String> journals) {
        return with(Optional.empty(), loose, index.gathered(journals));
    }

    /** With these objects for the journal that the run had in pieces. */
    Head gathered(String from, Map<Integer, String> journals) {
        if (!loose.contains(from)) {
            return this;
        }
        Set<String> left = new TreeSet<>(loose);
        left.remove(from);
        return with(holder, left, index.gathered(journals));
    }

    Head with(StoreIdentity newIdentity) {
        return new Head(FORMAT, newWrite(), token, holder, run, loose, Optional.of(newIdentity), index);
    }

    Head with(Index newIndex) {
        return with(holder, loose, newIndex);
    }

    private Head with(Optional<Claim> newHolder, Set<String> newLoose, Index newIndex) {
        return new Head(FORMAT, newWrite(), token, newHolder, run, newLoose, identity, newIndex);
    }

    private static String newWrite() {
        return UUID.randomUUID().toString();
    }

    /**
     * What counts.
     *
     * @param releases each release's object by its number
     * @param rollouts every rollout, itself
     * @param receipts each receipt's object by its number
     * @param journals each rollout's gathered journals by its number, oldest first
     * @param rotation how far the last rotation of the deploy key is
     */
    record Index(
            Map<Integer, String> releases,
            List<RolloutRecord> rollouts,
            Map<Integer, String> receipts,
            Map<Integer, List<String>> journals,
            Optional<KeyRotation> rotation) {
        /** Copies and sorts. */
        Index {
            releases = new TreeMap<>(releases);
            rollouts = List.copyOf(rollouts);
            receipts = new TreeMap<>(receipts);
            journals = new TreeMap<>(journals);
            requireNonNull(rotation, "rotation is null");
        }

        Index withRelease(int number, String key) {
            return new Index(plus(releases, number, key), rollouts, receipts, journals, rotation);
        }

        Index withReceipt(int number, String key) {
            return new Index(releases, rollouts, plus(receipts, number, key), journals, rotation);
        }

        Index with(KeyRotation newRotation) {
            return new Index(releases, rollouts, receipts, journals, Optional.of(newRotation));
        }

        Index withRollout(RolloutRecord rollout) {
            Map<Integer, RolloutRecord> all = new TreeMap<>();
            rollouts.forEach(other -> all.put(other.number(), other));
            all.put(rollout.number(), rollout);
            return new Index(releases, List.copyOf(all.values()), receipts, journals, rotation);
        }

        private Index gathered(Map<Integer, String> more) {
            Map<Integer, List<String>> all = new TreeMap<>(journals);
            more.forEach((rollout, key) -> {
                List<String> keys = new ArrayList<>(all.getOrDefault(rollout, List.of()));
                keys.add(key);
                all.put(rollout, keys);
            });
            return new Index(releases, rollouts, receipts, all, rotation);
        }

        private static Map<Integer, String> plus(Map<Integer, String> before, int number, String key) {
            Map<Integer, String> after = new TreeMap<>(before);
            after.put(number, key);
            return after;
        }
    }
}
