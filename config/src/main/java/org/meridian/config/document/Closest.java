package org.meridian.config.document;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what somebody probably meant to write. */
public final class Closest {
    private static final int MOST_LISTED = 20;

    private Closest() {}

    /** The candidate nearest to the word, if it is near enough that a slip of the finger explains the difference. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        int tolerance = tolerance(word);
        String meant = plain(word);
        Optional<String> nearest = Optional.empty();
        int least = tolerance + 1;
        for (String candidate : candidates) {
            int distance = distance(meant, plain(candidate), tolerance);
            boolean first =
                    nearest.filter(other -> other.compareTo(candidate) <= 0).isEmpty();
            if (distance < least || (distance == least && distance <= tolerance && first)) {
                least = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** A sentence that names the nearest candidate, or else all of them, as far as anybody would read them. */
    public static String suggestion(String word, String what, Collection<String> candidates) {
        return to(word, candidates)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> "Write one of these " + what + ": " + listed(candidates) + ".");
    }

    private static String listed(Collection<String> candidates) {
        String first = candidates.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        int more = candidates.size() - MOST_LISTED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static int tolerance(String word) {
        return Math.max(1, Math.min(3, word.length() / 3));
    }

    private static String plain(String word) {
        String cut = word.length() > 64 ? word.substring(0, 64) : word;
        return cut.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours (Damerau and Levenshtein's restricted distance); more than
     * the tolerance when there are more. What is further from the diagonal than the tolerance can't be within it, so it is
     * not looked at, and only the last three rows are kept.
     */
    private static int distance(String one, String other, int tolerance) {
        if (Math.abs(one.length() - other.length()) > tolerance) {
            return tolerance + 1;
        }
        int[][] rows = new int[3][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            int[] row = rows[i % 3];
            Arrays.fill(row, tolerance + 1);
            int last = Math.min(other.length(), i + tolerance);
            int least = tolerance + 1;
            for (int j = Math.max(0, i - tolerance); j <= last; j++) {
                row[j] = cheapest(rows, one, other, i, j);
                least = Math.min(least, row[j]);
            }
            // A swap may come from the row before the last, which was within the tolerance then.
            if (least > tolerance
                    && (i == 0 || Arrays.stream(rows[(i - 1) % 3]).min().orElse(0) > tolerance)) {
                return tolerance + 1;
            }
        }
        return rows[one.length() % 3][other.length()];
    }

    private static int cheapest(int[][] rows, String one, String other, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int[] before = rows[(i - 1) % 3];
        int replace = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(before[j - 1] + replace, Math.min(before[j], rows[i % 3][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, rows[(i - 2) % 3][j - 2] + 1) : best;
    }
}
