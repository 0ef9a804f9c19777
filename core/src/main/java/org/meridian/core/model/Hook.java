package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * A team's own command.
 *
 * @param at      when it runs
 * @param command the argv; never run through a shell
 * @param within  how long it may take
 */
public record Hook(HookPoint at, List<String> command, Duration within) {
    /** Copies the command. */
    public Hook {
        requireNonNull(at, "at is null");
        command = List.copyOf(command);
        requireNonNull(within, "within is null");
    }
}
