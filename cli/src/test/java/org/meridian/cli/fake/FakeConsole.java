package org.meridian.cli.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import org.meridian.cli.view.Console;

/** Standard streams that remember what was written to them. */
public final class FakeConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;

    /** Streams whose standard output can't be written; it is a file, or one of these pipes. */
    private FakeConsole(Set<Integer> pipes) {
        var full = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException("can't be written");
            }
        };
        console = new Console(
                new BufferedReader(new StringReader("")),
                InputStream.nullInputStream(),
                new PrintStream(full, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                Set.of(),
                pipes,
                Map.of());
    }

    private FakeConsole(String input, Set<Integer> terminals, Map<String, String> env) {
        var in = new BufferedReader(new StringReader(input));
        var bytes = new ByteArrayInputStream(input.getBytes(UTF_8));
        console = new Console(
                in,
                bytes,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminals,
                Set.of(),
                env);
    }

    /** A file on a full disk as standard output. */
    public static FakeConsole full() {
        return new FakeConsole(Set.of());
    }

    /** A pipe as standard output whose reader has ended. */
    public static FakeConsole unread() {
        return new FakeConsole(Set.of(1));
    }

    /** Streams of a pipe, with nothing to read. */
    public static FakeConsole pipe() {
        return new FakeConsole("", Set.of(), Map.of());
    }

    /** Streams of a pipe with this environment. */
    public static FakeConsole pipe(Map<String, String> env) {
        return new FakeConsole("", Set.of(), env);
    }

    /** A person who types this, at a terminal that can't redraw. */
    public static FakeConsole person(String typed) {
        return new FakeConsole(typed + "\n", Set.of(0, 1, 2), Map.of("TERM", "dumb"));
    }

    /** A pipe that this comes through. */
    public static FakeConsole pipe(String input) {
        return new FakeConsole(input, Set.of(), Map.of());
    }

    /** A terminal with colours, whose input is none. */
    public static FakeConsole colours() {
        return new FakeConsole("", Set.of(1, 2), Map.of("TERM", "xterm"));
    }

    /** A terminal without colours. */
    public static FakeConsole terminal() {
        return new FakeConsole("", Set.of(0, 1, 2), Map.of("TERM", "xterm", "NO_COLOR", "1"));
    }

    /** The streams. */
    public Console console() {
        return console;
    }

    /** What was written to standard output. */
    public String out() {
        return out.toString(UTF_8);
    }

    /** What was written to standard error. */
    public String err() {
        return err.toString(UTF_8);
    }
}
