package org.meridian.drivers.state;

import java.io.IOException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;

/** What the stores say when something fails; the same words whatever the technology. */
public final class StateFailures {
    private static final String WAIT =
            "Wait for it with --wait-for-lock 10m. If nobody is at work any more, run 'meridian lock release'.";
    private static final String KEPT = "Ask them. When it is over, run 'meridian lock release'.";

    private StateFailures() {}

    /** Somebody else is at work. */
    public static Failure locked(Holder by) {
        String why = by.message().isEmpty() ? "" : ": " + by.message();
        String summary = by.kept()
                ? "the app was locked by " + by.who() + " at " + by.since() + why
                : "somebody else is at work: " + by.who() + ", " + by.what() + ", since " + by.since() + why;
        return Failure.locked(Diagnostic.of("locked", summary, by.kept() ? KEPT : WAIT));
    }

    /** The lock that a write bears is not the current one, though it may have the same number. */
    public static Failure lost(Fence fence) {
        return Failure.of(Diagnostic.of(
                StateStore.LOCK_LOST,
                "the lock with token " + fence.token() + " is no longer held, so nothing is written",
                "See who has it: meridian lock status. Then run the command again; it goes on from what it finds."));
    }

    /** The store does not answer, and may in a moment. */
    public static Failure unreachable(String store, String check, Throwable cause) {
        return Failure.noAnswer(
                Diagnostic.of(StateStore.UNREACHABLE, "the state store does not answer: " + store, check)
                        .withDetail(reason(cause)),
                cause);
    }

    /** The store answers, and what it says is no: asking again does not help. */
    public static Failure refused(String store, String check, Throwable cause) {
        return Failure.of(
                Diagnostic.of(StateStore.UNREACHABLE, "the state store can't be used: " + store, check)
                        .withDetail(reason(cause)),
                cause);
    }

    /** There is no room to write. */
    public static Failure diskFull(String store, Throwable cause) {
        return Failure.of(
                Diagnostic.of(
                                StateStore.UNREACHABLE,
                                "the disk is full, so nothing was written to the state in " + store,
                                "Make room on it ('df' tells which is full), then run the command again.")
                        .withDetail(reason(cause)),
                cause);
    }

    /** The store holds something that Meridian did not write. */
    public static Failure unreadable(String store, String what, Throwable cause) {
        return Failure.of(
                Diagnostic.of(
                                "bad-state",
                                "the state in " + store + " is not what Meridian wrote",
                                "Restore it from a backup, or move it away and deploy again: what runs is found without it.")
                        .withDetail(what),
                cause);
    }

    /** The store was written by a newer Meridian. */
    public static Failure tooNew(String store, String found, String known) {
        return Failure.of(Diagnostic.of(
                "bad-state",
                "the state in " + store + " has format " + found + ", and this Meridian knows up to " + known,
                "Use the newer Meridian that wrote it."));
    }

    /** The store lacks something without which state is not safe in it. */
    public static Failure unsupported(String store, String what) {
        return Failure.of(Diagnostic.of(
                "state-unsupported",
                "state can't be kept in " + store + ": " + what,
                "Take another service, or PostgreSQL; see docs/state.md."));
    }

    private static String reason(Throwable cause) {
        String message = cause instanceof IOException e ? BoundedFile.reason(e) : cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
