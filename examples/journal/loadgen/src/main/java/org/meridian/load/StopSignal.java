package org.meridian.load;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Knows when to end early: on SIGTERM or SIGINT and, where asked for, when standard input ends. */
final class StopSignal implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 25;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean asked;
    private volatile int exitCode = CommandLine.ExitCode.USAGE;

    private StopSignal() {}

    /** Listens from now on. */
    static StopSignal install(boolean endsWithInput) {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::onTermination, "stop"));
        if (endsWithInput) {
            Thread.ofPlatform().daemon().name("input").start(signal::readInput);
        }
        return signal;
    }

    /** A signal that never comes, unless {@link #ask} is called. */
    static StopSignal none() {
        return new StopSignal();
    }

    boolean isAsked() {
        return asked;
    }

    void ask() {
        asked = true;
    }

    /** Says what the process is to exit with if a signal is ending it, and returns it. */
    int exitCode(int code) {
        exitCode = code;
        return code;
    }

    /** Says that all is done, so that a signal need not wait any longer. */
    @Override
    public void close() {
        done.countDown();
    }

    @SuppressWarnings("SystemExitOutsideMain") // only halting replaces the exit code of a process that a signal ends
    private void onTermination() {
        ask();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("load: requests were still under way after " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private void readInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever it says, only its end counts
            }
        } catch (IOException _) {
            // no input is an ended input
        }
        ask();
    }
}
