package org.meridian.testkit.fuzz;

import static java.util.Objects.requireNonNull;

import java.util.Random;

/** Changes a text in one to four ways that a seed decides; what comes out is never longer than a megabyte. */
public final class Mutations {
    /** In characters; what Meridian reads of a file. */
    public static final int LONGEST = 900_000;

    private final Random random;
    private final Pieces pieces;
    private final Structure structure;
    private final Size size;

    /** Changes that this source of chance decides. */
    public Mutations(Random random) {
        this.random = requireNonNull(random, "random is null");
        this.pieces = new Pieces(random);
        this.structure = new Structure(random, pieces);
        this.size = new Size(random, pieces);
    }

    /** The text, changed. */
    public String of(String text) {
        String result = text;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            result = changed(result);
        }
        return result;
    }

    private String changed(String text) {
        int kind = random.nextInt(20);
        String result;
        if (kind < 9) {
            result = pieces.change(text);
        } else if (kind < 17) {
            result = structure.change(text);
        } else {
            result = size.change(text);
        }
        return result.length() > LONGEST ? result.substring(0, LONGEST) : result;
    }
}
