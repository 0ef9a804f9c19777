package org.meridian.drivers.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Secret;

/**
 * A program to run, as data: tests compare it, one place runs it, and no shell reads it.
 *
 * @param argv    the program and its arguments
 * @param input   what it gets on standard input; a Secret because that is where secrets go; empty for nothing
 * @param timeout how long it may take
 */
public record Command(List<String> argv, Optional<Secret> input, Duration timeout) {
    private static final Duration USUAL = Duration.ofSeconds(30);

    /** Copies the arguments; throws IllegalArgumentException when there is no program. */
    public Command {
        argv = List.copyOf(argv);
        requireNonNull(input, "input is null");
        requireNonNull(timeout, "timeout is null");
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /** A command without input that may take half a minute. */
    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    /** A command without input that may take half a minute. */
    public static Command of(List<String> argv) {
        return new Command(argv, Optional.empty(), USUAL);
    }

    /** The same command with further arguments at the end. */
    public Command with(String... more) {
        List<String> longer = new ArrayList<>(argv);
        longer.addAll(List.of(more));
        return new Command(longer, input, timeout);
    }

    /** The same command with this standard input. */
    public Command reading(String text) {
        return new Command(argv, Optional.of(Secret.of(text)), timeout);
    }

    /** The same command with this time limit. */
    public Command within(Duration limit) {
        return new Command(argv, input, limit);
    }

    /** The arguments joined by blanks, for people; not for a shell. */
    @Override
    public String toString() {
        return String.join(" ", argv);
    }
}
