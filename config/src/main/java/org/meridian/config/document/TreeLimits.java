package org.meridian.config.document;

import org.meridian.core.diagnostic.Location;

/**
 * How large a tree may become, with every alias counted as what it stands for: a few lines of aliases can stand for more
 * values than any machine holds.
 */
final class TreeLimits {
    /** Deeper than any configuration, shallow enough for the stack. */
    private static final int DEEPEST = 100;

    /** As many values as a megabyte has where each is written; more than anybody writes. */
    private static final int MOST_NODES = 100_000;

    private int nodes;
    private int depth;
    private int deepest;

    /** A value begins, whose parts are counted until {@link #end}. */
    Mark begin(Location where) {
        Mark mark = new Mark(nodes, deepest);
        nodes++;
        depth++;
        deepest = depth;
        check(where);
        return mark;
    }

    /** It ends; tells how large it is. */
    Extent end(Mark mark) {
        Extent extent = new Extent(nodes - mark.nodes(), deepest - depth + 1);
        depth--;
        deepest = Math.max(deepest, mark.deepest());
        return extent;
    }

    /** A value stands here once more. */
    void add(Extent extent, Location where) {
        nodes += extent.nodes();
        deepest = Math.max(deepest, depth + extent.depth());
        check(where);
    }

    private void check(Location where) {
        if (deepest > DEEPEST) {
            throw new BrokenYaml(where, "this is nested more than " + DEEPEST + " deep", "Make it flatter.");
        }
        if (nodes > MOST_NODES) {
            throw new BrokenYaml(
                    where,
                    "with this the file has more than " + MOST_NODES
                            + " values, aliases counted as what they stand for",
                    "Write less, or use fewer aliases.");
        }
    }

    /** What there was before a value. */
    record Mark(int nodes, int deepest) {}

    /** How many values one consists of, itself among them, and how deep they are nested. */
    record Extent(int nodes, int depth) {}
}
