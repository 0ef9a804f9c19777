package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.meridian.core.model.JournalEntry;
import org.meridian.drivers.state.Fence;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.StateJson;

/** The one writer of a run's pieces: the lock's holder. */
final class PieceWriter {
    private final S3Objects objects;
    private final Fence fence;
    private final String run;
    private final ReentrantLock writing = new ReentrantLock();
    private final Set<JournalEntry> written = new LinkedHashSet<>();
    private int next;
    private boolean closed;

    PieceWriter(S3Objects objects, Fence fence) {
        this.objects = requireNonNull(objects, "objects is null");
        this.fence = requireNonNull(fence, "fence is null");
        this.run = Piece.run(fence);
    }

    /** Adds the entries that it has not written yet as one piece; throws LOCK_LOST when a seal is in its place. */
    void append(List<JournalEntry> entries) {
        writing.lock();
        try {
            List<JournalEntry> fresh = entries.stream()
                    .distinct()
                    .filter(entry -> !written.contains(entry))
                    .toList();
            if (closed) {
                throw StateFailures.lost(fence);
            }
            if (!fresh.isEmpty()) {
                write(Piece.of(fresh));
                written.addAll(fresh);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Forgets what was written before. */
    void clear() {
        writing.lock();
        try {
            write(Piece.of(Piece.Kind.CLEARED));
            written.clear();
        } finally {
            writing.unlock();
        }
    }

    /** Writes nothing from now on; returns what was written. */
    List<JournalEntry> close() {
        writing.lock();
        try {
            closed = true;
            return List.copyOf(written);
        } finally {
            writing.unlock();
        }
    }

    private void write(Piece piece) {
        while (objects.create(Piece.key(run, next), StateJson.write(piece)).isEmpty()) {
            Optional<Piece> there = objects.get(Piece.key(run, next))
                    .map(found -> StateJson.read(objects.toString(), found.text(), Piece.class));
            if (there.isPresent() && there.get().kind() == Piece.Kind.SEAL) {
                throw StateFailures.lost(fence);
            }
            if (there.isPresent()) {
                // An earlier write whose answer was lost: perhaps of this piece, and then that was all.
                written.addAll(there.get().entries());
                next++;
                if (there.get().equals(piece)) {
                    return;
                }
            }
        }
        next++;
    }
}
