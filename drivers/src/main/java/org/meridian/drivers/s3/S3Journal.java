package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.meridian.core.model.JournalEntry;
import org.meridian.drivers.state.StateJson;

/**
 * The journal: pieces while a lock is held, one object for each rollout once it is not.
 *
 * <p>Whoever takes a lock over seals the pieces of its former holder: the next number gets a seal. The former holder, who
 * would write that number next, finds it there and learns that the lock is lost, however late it comes. Seals stay.
 */
final class S3Journal {
    private final S3Objects objects;
    private final S3Texts texts;
    private final HeadObject head;

    S3Journal(S3Objects objects, S3Texts texts, HeadObject head) {
        this.objects = requireNonNull(objects, "objects is null");
        this.texts = requireNonNull(texts, "texts is null");
        this.head = requireNonNull(head, "head is null");
    }

    /** A rollout's entries, each once; empty when the head named objects that are gone, because it has changed since. */
    Optional<List<JournalEntry>> read(Head now, int rollout) {
        Set<JournalEntry> entries = new LinkedHashSet<>();
        for (Optional<String> text : texts.all(now.index().journals().getOrDefault(rollout, List.of()))) {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            entries.addAll(
                    StateJson.read(objects.toString(), text.get(), Piece.class).entries());
        }
        for (String run : now.inPieces()) {
            entriesOf(run).stream().filter(entry -> entry.rollout() == rollout).forEach(entries::add);
        }
        // The holder may have gathered its pieces while they were read here.
        Head after = head.read().head();
        boolean same = after.inPieces().equals(now.inPieces())
                && after.index().journals().equals(now.index().journals());
        return same ? Optional.of(List.copyOf(entries)) : Optional.empty();
    }

    /** Seals and gathers what was left in pieces. */
    void settle(Head seen) {
        for (String run : seen.leftBehind()) {
            seal(run);
            Map<Integer, String> gathered = gather(Piece.tokenOf(run), entriesOf(run));
            Head unused = head.change(now -> now.gathered(run, gathered));
        }
    }

    /**
     * Writes the entries as one object for each rollout; returns the objects' keys. Each has a name of its own: somebody whose
     * lock was taken away may gather late, and must not touch what counts.
     */
    Map<Integer, String> gather(long token, List<JournalEntry> entries) {
        Map<Integer, List<JournalEntry>> rollouts = new LinkedHashMap<>();
        entries.forEach(entry -> rollouts.computeIfAbsent(entry.rollout(), number -> new ArrayList<>())
                .add(entry));
        Map<Integer, String> keys = new LinkedHashMap<>();
        rollouts.forEach((rollout, all) -> {
            String key = "journals/" + rollout + "/" + token + "-" + UUID.randomUUID() + ".json";
            objects.put(key, StateJson.write(Piece.of(all)));
            keys.put(rollout, key);
        });
        return keys;
    }

    private void seal(String run) {
        List<Piece> pieces = pieces(run);
        while (pieces.isEmpty() || pieces.getLast().kind() != Piece.Kind.SEAL) {
            if (objects.create(Piece.key(run, pieces.size()), StateJson.write(Piece.of(Piece.Kind.SEAL)))
                    .isPresent()) {
                return;
            }
            // The former holder was quicker with this number; so it counts.
            pieces = pieces(run);
        }
    }

    private List<JournalEntry> entriesOf(String run) {
        List<JournalEntry> entries = new ArrayList<>();
        for (Piece piece : pieces(run)) {
            if (piece.kind() == Piece.Kind.CLEARED) {
                entries.clear();
            }
            entries.addAll(piece.entries());
        }
        return entries;
    }

    private List<Piece> pieces(String run) {
        return texts.all(objects.list(Piece.keys(run))).stream()
                .flatMap(Optional::stream)
                .map(text -> StateJson.read(objects.toString(), text, Piece.class))
                .toList();
    }
}
