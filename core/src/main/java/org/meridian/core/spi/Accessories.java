package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Server;

/**
 * What is done by hand with services that keep data and outlive releases.
 *
 * <p>They are meant by name, on the machine of a {@link #place}. Every call has a time limit of its own or takes one, may be
 * repeated, and throws {@link org.meridian.core.diagnostic.Failure} when it fails.
 */
public interface Accessories {
    /** Those of an app that has no machine that stays. */
    Accessories NONE = new NoAccessories();

    /** The project of such services on the one machine that has them, as a server; empty where the app has no such machine. */
    Optional<Server> place() throws InterruptedException;

    /** Those that were started there, by name. */
    List<Accessory> list(Server place) throws InterruptedException;

    /** Starts one again as it is; it is away meanwhile. */
    void restart(Server place, String service, Duration within) throws InterruptedException;

    /** Puts one in its own place that is made as the installation says, with the same data; it is away meanwhile. */
    void replace(Server place, Installation installation, String service, Duration within) throws InterruptedException;

    /** Removes one and its volumes that Meridian made; returns what was removed and what is left, for people. */
    List<String> remove(Server place, String service) throws InterruptedException;

    /**
     * Makes a backup of what the command prints in the service's container, and removes the oldest of those that are in the
     * same place. There has to be a command.
     *
     * @return the backup's place and its size in bytes, separated by a blank
     */
    String backUp(Server place, String service, OpenBackup backup, Duration within) throws InterruptedException;

    /**
     * Has the machine make backups of these services by schedule from now on, and of no others; each has a command and a
     * schedule. One of a service that was never started fails there.
     */
    void schedule(Server place, Map<String, OpenBackup> backups) throws InterruptedException;

    /** The names of backups in their place, oldest first. */
    List<String> backups(Server place, String service, OpenBackup backup) throws InterruptedException;

    /**
     * Gives a backup, the newest where none is named, to the command in the service's container that takes it back, which there
     * has to be; returns where that backup is.
     */
    String restore(Server place, String service, OpenBackup backup, Optional<String> name, Duration within)
            throws InterruptedException;

    /**
     * How the backups of a service stand on its machine.
     *
     * @param newest the last that is whole; empty where there is none
     * @param failed when the last attempt began, where it failed or was cut off; empty where it did not
     * @param since  since when the machine makes them by the present schedule; empty where it makes none by itself
     */
    record Backups(Optional<Saved> newest, Optional<Instant> failed, Optional<Instant> since) {
        /** None, and nobody makes any. */
        public static final Backups NONE = new Backups(Optional.empty(), Optional.empty(), Optional.empty());

        /** Checks that no part is null. */
        public Backups {
            requireNonNull(newest, "newest is null");
            requireNonNull(failed, "failed is null");
            requireNonNull(since, "since is null");
        }
    }

    /**
     * A backup, wherever it is.
     *
     * @param made  when it was whole
     * @param bytes its size
     */
    record Saved(Instant made, long bytes) {
        /** Checks that the time is not null. */
        public Saved {
            requireNonNull(made, "made is null");
        }
    }

    /**
     * A service that was started.
     *
     * @param name       its name in the Compose file
     * @param definition how it was defined then
     * @param state      as the engine says, such as {@code running, healthy}
     * @param since      when it was started; empty where it never was
     * @param away       how long it was away when it was last started again by hand; empty where it never was
     * @param backups    how its backups stand
     * @param data       the volumes and directories that it has mounted, such as {@code volume notes_rows}
     */
    record Accessory(
            String name,
            String definition,
            String state,
            String since,
            Optional<Duration> away,
            Backups backups,
            List<String> data) {
        /** Copies the list. */
        public Accessory {
            requireNonNull(name, "name is null");
            requireNonNull(definition, "definition is null");
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
            requireNonNull(away, "away is null");
            requireNonNull(backups, "backups is null");
            data = List.copyOf(data);
        }
    }
}
