package org.meridian.cli.command;

import static java.util.Objects.requireNonNull;

import java.util.function.IntConsumer;
import org.meridian.cli.ConfigFiles;
import org.meridian.cli.Meridian;
import org.meridian.drivers.command.CommandRunner;

/**
 * What the commands need from outside.
 *
 * @param opener   opens an app for its use cases
 * @param config   reads configuration files
 * @param commands runs this machine's programs, for the doctor
 * @param halt     ends the process at once with an exit code
 */
public record Tools(Meridian.Opener opener, ConfigFiles config, CommandRunner commands, IntConsumer halt) {
    /** Checks that nothing is null. */
    public Tools {
        requireNonNull(opener, "opener is null");
        requireNonNull(config, "config is null");
        requireNonNull(commands, "commands is null");
        requireNonNull(halt, "halt is null");
    }
}
