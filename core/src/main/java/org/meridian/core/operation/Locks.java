package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.StateStore.Holder;

/** The app's lock in a person's hands: who has it, taking it for longer than a command runs, taking it away. */
public final class Locks {
    private static final int LONGEST_MESSAGE = 200;

    private final Workspace workspace;

    /** The lock of this workspace's app. */
    public Locks(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Who has it; empty when nobody does. */
    public Optional<Holder> status() {
        return workspace.state().holder();
    }

    /**
     * Takes it until somebody releases it; throws a Failure of kind LOCKED when somebody has it already.
     *
     * @param message why, for those who are kept out
     */
    public Holder acquire(String message) throws InterruptedException {
        requireShown(message);
        // Not closed: a kept lock stays when this process ends.
        var unused = workspace
                .lockQueue()
                .take(now -> new Holder(workspace.who(), "lock acquire", now, message.strip(), true));
        new Audit(workspace).write("lock", List.of(), message.strip());
        return status().orElseThrow(() -> Failure.of(Diagnostic.of(
                "lock-gone", "the lock was taken and is gone again", "Run 'meridian lock status' to see who has it.")));
    }

    /** Takes it away from whoever has it, who can change nothing from then on; tells who that was. */
    public Optional<Holder> release() {
        new Audit(workspace)
                .write("unlock", List.of(), status().map(Locks::words).orElse("nobody had it"));
        return workspace.state().release();
    }

    /** A holder as people read it, such as {@code ops@lab-1 (pid 4711): deploy, since 2026-01-01T00:00:00Z}. */
    public static String words(Holder holder) {
        String message = holder.message().isEmpty() ? "" : " (\"" + holder.message() + "\")";
        return holder.who() + ": " + holder.what() + ", since " + holder.since().truncatedTo(ChronoUnit.SECONDS)
                + message;
    }

    /** Others' terminals show the message, so it may not steer them. */
    private static void requireShown(String message) {
        boolean steers = message.codePoints().anyMatch(Character::isISOControl);
        if (steers || message.isBlank() || message.length() > LONGEST_MESSAGE) {
            throw Failure.usage(Diagnostic.of(
                    "lock-message",
                    "a lock's message is one line of at most " + LONGEST_MESSAGE + " characters",
                    "Say why others have to wait, such as --message \"database maintenance until noon\"."));
        }
    }
}
