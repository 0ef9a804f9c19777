package org.meridian.cli.view;

import java.io.PrintStream;
import java.util.List;

/** A block of lines at the end of a terminal that is drawn over itself; not safe for many threads. */
final class Screen {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String ERASE_BELOW = "\u001b[J";

    private final PrintStream out;
    private int drawn;
    private boolean cursorHidden;

    Screen(PrintStream out) {
        this.out = out;
    }

    /** Puts these lines where the last ones were, in one write so that it does not flicker. */
    void draw(List<String> block) {
        var text = new StringBuilder(cursorHidden ? "" : HIDE_CURSOR)
                .append(toTop())
                .append(ERASE_BELOW);
        block.forEach(line -> text.append(line).append('\n'));
        cursorHidden = true;
        drawn = block.size();
        write(text.toString());
    }

    /** Somebody typed a line below the block, so the cursor is one line further down. */
    void typed() {
        drawn += drawn > 0 ? 1 : 0;
    }

    /** Takes the block away; what is printed next stands in its place. */
    void clear() {
        if (drawn > 0) {
            write(toTop() + ERASE_BELOW);
            drawn = 0;
        }
    }

    /** Shows the cursor again; the block stays as it is. */
    void release() {
        if (cursorHidden) {
            write(SHOW_CURSOR);
            cursorHidden = false;
            drawn = 0;
        }
    }

    private String toTop() {
        return drawn > 0 ? "\r\u001b[" + drawn + "A" : "\r";
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }
}
