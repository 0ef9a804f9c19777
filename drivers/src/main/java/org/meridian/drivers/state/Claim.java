package org.meridian.drivers.state;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.meridian.core.spi.StateStore.Holder;

/**
 * What a store keeps of who holds the lock: what people are told, and what tells whether it is alive.
 *
 * @param id      tells this taking of the lock from every other, so that a repeated try knows what it did itself
 * @param who     user and host
 * @param what    the command
 * @param since   when it was taken
 * @param message why, as a person wrote it; empty when nobody did
 * @param kept    whether it stays when its process ends
 * @param process the process that took it
 * @param lease   how long it lives without being renewed
 */
public record Claim(
        String id,
        String who,
        String what,
        Instant since,
        String message,
        boolean kept,
        RunningProcess process,
        Duration lease) {
    /** Checks that no part is null. */
    public Claim {
        requireNonNull(id, "id is null");
        requireNonNull(who, "who is null");
        requireNonNull(what, "what is null");
        requireNonNull(since, "since is null");
        requireNonNull(message, "message is null");
        requireNonNull(process, "process is null");
        requireNonNull(lease, "lease is null");
    }

    /** A new claim of this process. */
    public static Claim of(String id, Holder holder, Duration lease) {
        return new Claim(
                id,
                holder.who(),
                holder.what(),
                holder.since(),
                holder.message(),
                holder.kept(),
                RunningProcess.current(),
                lease);
    }

    /** Who it is, as the port wants it. */
    public Holder holder() {
        return new Holder(who, what, since, message, kept);
    }

    /** Whether nobody can give it back any more, because its process has ended. */
    public boolean dead() {
        return !kept && process.ended();
    }
}
