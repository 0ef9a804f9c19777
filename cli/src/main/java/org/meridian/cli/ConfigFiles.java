package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.Starter;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.CountsFile;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.spi.StateStore;

/** What the commands need to know about configuration files. */
public interface ConfigFiles {
    /** Reads and checks a file; throws a Failure of kind USAGE that lists every problem. */
    App load(Path file);

    /** Throws a Failure of kind USAGE that lists what keeps a new release of a file that loads from being made. */
    default void requireReleasable(Path file) {
        // Where nothing is read from the Compose file, nothing in it is in the way.
    }

    /** Where a file that loads keeps what stays on this machine, such as keys. */
    default Path local(Path file) {
        return file.resolveSibling(".meridian");
    }

    /** Opens the store that a file which loads names for releases, history and the lock; empty where none is kept. */
    default Optional<StateStore> state(Path file) {
        return Optional.empty();
    }

    /** What to say where a file that loads has servers that others can reach, and keeps what is known of them here alone. */
    default Optional<Diagnostic> unsharedState(Path file) {
        return Optional.empty();
    }

    /** The reference to the key that all who deploy share; empty where each machine has its own. */
    default Optional<String> deployKey(Path file) {
        return Optional.empty();
    }

    /** The public part of that key, which is fetched; throws a Failure that says why it can't be had or used. */
    default Optional<String> publicDeployKey(Path file) {
        return Optional.empty();
    }

    /** Throws a Failure of kind USAGE when what a file that loads keeps can't be seen from other machines. */
    default void requireShared(Path file) {
        // Where nothing is kept, nothing is missed.
    }

    /** Asks the stores of secrets that a file which loads refers to; throws a Failure with all that can't be had. */
    default Optional<SecretsReport> secrets(Path file) throws InterruptedException {
        return Optional.empty();
    }

    /** Tries to get over SSH to every machine and server of a file that loads; empty where that is not known. */
    default Optional<Reach> reach(Path file) throws InterruptedException {
        return Optional.empty();
    }

    /** Asks the machine of a file that loads what keeps data there; throws a Failure where it can't be asked. */
    default List<SeenAccessory> dataServices(Path file) throws InterruptedException {
        return List.of();
    }

    /** The IP addresses of the machines that users of a file that loads come to by DNS alone. */
    default List<String> proxyAddresses(Path file) throws InterruptedException {
        return List.of();
    }

    /**
     * Works out what a file that loads says with other numbers of servers, and writes nothing yet; throws a Failure of kind
     * USAGE that lists every number that can't stand in it.
     */
    default Counts counts(Path file, Map<RegionName, Integer> servers) {
        return new Counts(load(file), CountsFile.NONE);
    }

    /**
     * A file with other numbers of servers.
     *
     * @param app  what it says then
     * @param file writes it
     */
    record Counts(App app, CountsFile file) {
        /** Checks that no part is null. */
        public Counts {
            requireNonNull(app, "app is null");
            requireNonNull(file, "file is null");
        }
    }

    /** The JSON Schema of a configuration file, for editors. */
    String schema();

    /** A first configuration for a place beside a Compose file; throws Failure where there is none. */
    Starter starter(Path file);
}
