package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/**
 * The controlling terminal while everything that is typed goes to a program elsewhere, Ctrl-C too; as it was before once
 * this is closed. With {@code stty} (POSIX), as in {@link SttySize}.
 */
final class RawTerminal implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Command BEGIN = Command.of("sh", "-c", "stty -g < /dev/tty && stty raw -echo < /dev/tty")
            .within(SOON);

    private final CommandRunner commands;
    private final String before;

    private RawTerminal(CommandRunner commands, String before) {
        this.commands = requireNonNull(commands, "commands is null");
        this.before = requireNonNull(before, "before is null");
    }

    static RawTerminal begin(CommandRunner commands) throws InterruptedException {
        CommandResult begun = commands.run(BEGIN);
        if (!begun.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "no-raw-terminal",
                            "the terminal can't be passed on",
                            "Run the command without a terminal: redirect its input, such as with < /dev/null.")
                    .withDetail(begun.errors().strip()));
        }
        return new RawTerminal(commands, begun.output().strip());
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            var unused = commands.run(
                    Command.of("sh", "-c", "stty \"$0\" < /dev/tty", before).within(SOON));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
