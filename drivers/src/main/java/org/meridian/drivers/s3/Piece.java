package org.meridian.drivers.s3;

import java.util.List;
import java.util.Locale;
import org.meridian.core.model.JournalEntry;

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

    /** The start of the keys of a token's pieces. */
    static String keys(long token) {
        return String.format(Locale.ROOT, "pieces/%012d/", token);
    }

    static String key(long token, int number) {
        return keys(token) + String.format(Locale.ROOT, "%08d.json", number);
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
