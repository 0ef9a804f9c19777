package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** A line on standard error that tells how far long work is; nothing where standard error is no terminal. */
public final class ProgressLine implements AutoCloseable {
    private static final int STEPS = 200;

    private final Console console;
    private final String what;
    private final int all;
    private final boolean shown;
    private int told = -1;

    /** Tells of that many of something. */
    public ProgressLine(Console console, String what, int all) {
        this.console = requireNonNull(console, "console is null");
        this.what = requireNonNull(what, "what is null");
        this.all = all;
        this.shown =
                console.terminals().contains(2) && !"dumb".equals(console.env().get("TERM"));
    }

    /** So many are done; may be called by many threads, in any order. */
    public synchronized void at(int done) {
        int step = (int) ((long) done * STEPS / all);
        if (shown && step > told) {
            told = step;
            console.err().print(String.format(Locale.ROOT, "\r%,d of %,d %s", done, all, what));
            console.err().flush();
        }
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (told >= 0) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
