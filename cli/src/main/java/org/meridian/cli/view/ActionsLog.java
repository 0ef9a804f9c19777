package org.meridian.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * A stream of a job of GitHub Actions, in which nothing that is printed is taken for a command to the runner; only
 * {@link #command} says one.
 *
 * <p>The runner reads {@code ::name::} where a line begins, behind blanks, and {@code ##[name]} anywhere in a line (GitHub
 * Docs, "Workflow commands"; actions/runner, ActionCommand). What containers, servers and hooks write comes through here,
 * too, so in both a blank takes them apart.
 */
public final class ActionsLog extends PrintStream {
    private final PrintStream plain;

    private ActionsLog(PrintStream plain) {
        super(new Disarmed(plain), true, UTF_8);
        this.plain = plain;
    }

    /** The same stream, which is the one given if it is such a stream already. */
    public static ActionsLog over(PrintStream stream) {
        return stream instanceof ActionsLog log ? log : new ActionsLog(stream);
    }

    /** What is written goes through another, which knows. */
    @Override
    public boolean checkError() {
        flush();
        return plain.checkError();
    }

    /** Tells the runner to do something; the text must be our own, and on one line. */
    void command(String name, String text) {
        flush();
        plain.println("::" + name + "::" + text);
        plain.flush();
    }

    private static final class Disarmed extends FilterOutputStream {
        private boolean beginning = true;
        private boolean colon;
        private int hashes;

        Disarmed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int oneByte) throws IOException {
            int c = oneByte & 0xff;
            if (c == ':' && beginning && !colon) {
                colon = true;
                return;
            }
            if (colon) {
                out.write(':');
                if (c == ':') {
                    out.write(' ');
                }
                beginning = false;
                colon = false;
            }
            if (c == '[' && hashes >= 2) {
                out.write(' ');
            }
            hashes = c == '#' ? hashes + 1 : 0;
            if (c == '\n' || c == '\r') {
                beginning = true;
            } else if (c > ' ' && c < 0x7f) {
                // All else is no letter, or may be one of the blanks beyond ASCII.
                beginning = false;
            }
            out.write(c);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
