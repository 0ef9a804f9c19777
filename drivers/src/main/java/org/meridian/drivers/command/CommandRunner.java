package org.meridian.drivers.command;

/** Runs commands; this machine's processes, another machine over SSH, or a test's record of them. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs a command to its end. A program that can't be started, or one that takes longer than its limit (it is ended
     * then), throws {@link org.meridian.core.diagnostic.Failure}; an exit code other than 0 does not.
     */
    CommandResult run(Command command) throws InterruptedException;
}
