package org.meridian.cli.command;

import java.time.Duration;
import org.meridian.cli.Meridian;
import picocli.CommandLine.Option;

/** How long a command waits for the lock. */
final class LockOption {
    @Option(
            names = "--wait-for-lock",
            paramLabel = "TIME",
            description = "Wait this long for a lock that somebody else has, such as 90s or 10m. Default: not at all.")
    private Duration atMost = Duration.ZERO;

    /** The app, whose commands wait as was asked. */
    Meridian patient(Meridian meridian) {
        return atMost.isZero() ? meridian : meridian.waitingForLock(atMost);
    }
}
