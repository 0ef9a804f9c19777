package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * The standard streams and what is known about them.
 *
 * @param in        standard input as lines
 * @param input     standard input as bytes; whoever reads the one must not read the other
 * @param out       standard output
 * @param err       standard error
 * @param terminals which of them are terminals: 0, 1 and 2
 * @param pipes     which of them lead to another process, which may end before this one
 * @param env       the environment; NO_COLOR, TERM, COLUMNS and LINES are looked at
 */
public record Console(
        BufferedReader in,
        InputStream input,
        PrintStream out,
        PrintStream err,
        Set<Integer> terminals,
        Set<Integer> pipes,
        Map<String, String> env) {
    private static final String UNREAD = "output-unread";

    /** Copies the collections. In a job of GitHub Actions nothing that is printed is a command to the runner. */
    public Console {
        requireNonNull(in, "in is null");
        requireNonNull(input, "input is null");
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        terminals = Set.copyOf(terminals);
        pipes = Set.copyOf(pipes);
        env = Map.copyOf(env);
        if ("true".equals(env.get("GITHUB_ACTIONS"))) {
            out = ActionsLog.over(out);
            err = ActionsLog.over(err);
        }
    }

    /** Streams without bytes to read, none of which leads to another process. */
    public Console(
            BufferedReader in, PrintStream out, PrintStream err, Set<Integer> terminals, Map<String, String> env) {
        this(in, InputStream.nullInputStream(), out, err, terminals, Set.of(), env);
    }

    /**
     * This process's streams. Java can't tell which of them are terminals one by one, so the launcher does, in the
     * system property {@code meridian.terminals} ("012" for all three).
     */
    public static Console system() {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Set<Integer> terminals = new HashSet<>();
        System.getProperty("meridian.terminals", "").chars().forEach(digit -> terminals.add(digit - '0'));
        Console console =
                new Console(in, System.in, System.out, System.err, terminals, StandardPipes.find(), System.getenv());
        // Whatever else writes there, such as the logger, goes the same way.
        System.setOut(console.out());
        System.setErr(console.err());
        return console;
    }

    /** Whether a block that redraws itself can be shown on standard output. */
    public boolean live() {
        return terminals.contains(1) && !"dumb".equals(env.get("TERM"));
    }

    /** Whether a person can be asked. */
    public boolean interactive() {
        return terminals.contains(0) && terminals.contains(2);
    }

    /**
     * Whether a program elsewhere can have this terminal: what is typed goes to it, and what it draws comes here. In continuous
     * integration, which says so with CI, nobody sits at one, and what is drawn is kept.
     */
    public boolean passable() {
        boolean attended = Set.of("", "false").contains(env.getOrDefault("CI", ""));
        return attended && terminals.contains(0) && terminals.contains(1);
    }

    /** How standard output may be written to. */
    public Style outStyle() {
        return style(1, out);
    }

    /** How standard error may be written to. */
    public Style errStyle() {
        return style(2, err);
    }

    /**
     * What went wrong with standard output, once something could not be written there; what is buffered is written. Whoever
     * reads it may stop when they have seen enough, as {@code head} does; nothing is wrong then.
     */
    public Optional<Diagnostic> lost() {
        return out.checkError() && !pipes.contains(1)
                ? Optional.of(Diagnostic.of(
                        "output-lost",
                        "standard output can't be written; its disk may be full",
                        "Let the output go somewhere else; what the command was to do beside printing is not undone."))
                : Optional.empty();
    }

    /**
     * Throws a Failure once standard output can't be written any more, for what goes on until nobody wants it; {@link
     * #isUnread} tells whether nobody reads it, or it is lost.
     */
    public void requireWritable() {
        lost().ifPresent(problem -> {
            throw Failure.needsPerson(problem);
        });
        if (out.checkError()) {
            throw Failure.of(Diagnostic.of(UNREAD, "nobody reads standard output any more", "Let it be read."));
        }
    }

    /** Whether a command stopped for no other reason than that nobody reads its output any more. */
    public static boolean isUnread(Failure failure) {
        return failure.diagnostics().stream().allMatch(problem -> problem.code().equals(UNREAD));
    }

    /** Asks on standard error; the answer without blanks around it, empty at the end of the input. */
    public Optional<String> ask(String question) {
        err.print(question + " ");
        err.flush();
        return readLine();
    }

    /** The next line typed, without blanks around it, empty at the end of the input. */
    public Optional<String> readLine() {
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // NO_COLOR counts when it is there and not empty: https://no-color.org
    private Style style(int stream, PrintStream target) {
        boolean wanted = env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
        return new Style(terminals.contains(stream) && wanted, target.charset().equals(StandardCharsets.UTF_8));
    }
}
