package org.meridian.drivers.s3;

import java.util.List;
import java.util.Locale;
import org.meridian.core.model.JournalEntry;
import org.meridian.drivers.state.Fence;

/**
 * A piece of the journal that a lock's holder writes: numbered from 0, each number written once.
 *
 * @param kind    what it says
 * @param entries the entries; none but of kind ENTRIES
 */
record Piece(Kind kind, List<JournalEntry> entries) {
    /** Copies the entries. */
    Piece {
        entries = List.copyOf(entries);
    }

    static Piece of(List<JournalEntry> entries) {
        return new Piece(Kind.ENTRIES, entries);
    }

    static Piece of(Kind kind) {
        return new Piece(kind, List.of());
    }

    /** The name of the pieces that a claim writes: nobody else writes any under it, whatever number they got. */
    static String run(Fence fence) {
        return fence.token() + "-" + fence.claim();
    }

    /** The number in a run's name. */
    static long tokenOf(String run) {
        int dash = run.indexOf('-');
        return Long.parseLong(dash < 0 ? run : run.substring(0, dash));
    }

    /** The start of the keys of a run's pieces. */
    static String keys(String run) {
        int dash = run.indexOf('-');
        return String.format(Locale.ROOT, "pieces/%012d", tokenOf(run)) + (dash < 0 ? "" : run.substring(dash)) + "/";
    }

    static String key(String run, int number) {
        return keys(run) + String.format(Locale.ROOT, "%08d.json", number);
    }

    /** Kinds of piece. */
    enum Kind {
        /** Entries, after those of the pieces before. */
        ENTRIES,
        /** Whatever came before is forgotten. */
        CLEARED,
        /** The lock was taken away: nothing can follow. */
        SEAL
    }
}
