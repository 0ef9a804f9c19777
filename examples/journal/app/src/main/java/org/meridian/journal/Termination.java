package org.meridian.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process does when it is asked to end (SIGTERM or SIGINT). */
final class Termination {
    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    private Termination() {}

    /**
     * Runs the action on the first signal, then exits with 0. Without this a Java process that ended well after SIGTERM
     * would still report 143, which Compose shows as a failure.
     */
    @SuppressWarnings("SystemExitOutsideMain") // halting is the point: only it can replace the exit code here
    static void onSignal(Runnable finish) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("asked to stop");
                            finish.run();
                            LOG.info("stopped");
                            Runtime.getRuntime().halt(0);
                        },
                        "termination"));
    }
}
