package org.meridian.drivers.command;

import static java.util.Objects.requireNonNull;

import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * How a command ended.
 *
 * @param command  what was run
 * @param exitCode its exit code
 * @param output   its standard output
 * @param errors   its standard error
 */
public record CommandResult(Command command, int exitCode, String output, String errors) {
    /** Checks that no part is null. */
    public CommandResult {
        requireNonNull(command, "command is null");
        requireNonNull(output, "output is null");
        requireNonNull(errors, "errors is null");
    }

    /** Whether it ended with 0. */
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Its standard output when it ended with 0; throws a Failure that says what was attempted otherwise. */
    public String expect(String attempted, String suggestion) {
        if (succeeded()) {
            return output;
        }
        throw Failure.of(Diagnostic.of("command-failed", attempted + " failed (exit " + exitCode + ")", suggestion)
                .withDetail((errors.isBlank() ? output : errors).strip()));
    }
}
