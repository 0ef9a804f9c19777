package org.meridian.drivers.command;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import org.meridian.core.model.RegionName;

/**
 * The machine that HAProxy runs on: its configuration is {@code /etc/haproxy/haproxy.cfg}, which outlives restarts, its
 * Runtime API the socket {@code /run/haproxy/admin.sock}, and {@code socat}, {@code bash} and {@code base64} are there.
 *
 * <p>Every call has a time limit and throws {@link org.meridian.core.diagnostic.Failure} when it can't be done.
 */
public interface EdgeMachine {
    /** The port that HAProxy listens on there. */
    int port();

    /** Whether the machine exists, running or not. */
    boolean exists() throws InterruptedException;

    /** Whether the machine runs. */
    boolean running() throws InterruptedException;

    /** Makes the machine exist, run and reach each region's servers; one that does all that is left alone. */
    void ensure(Collection<RegionName> regions) throws InterruptedException;

    /** Runs a command in the machine to its end. */
    CommandResult run(Command command) throws InterruptedException;

    /** Starts a command in the machine whose streams the caller reads and writes, and which the caller ends. */
    Process open(Command command) throws InterruptedException;

    /** The text of a file in the machine, even while it does not run; empty when there is no such file. */
    Optional<String> read(String path) throws InterruptedException;

    /** Makes HAProxy take up its changed configuration without cutting a request. */
    void reload() throws InterruptedException;

    /** Destroys the machine and all it keeps; does nothing where there is none. */
    void destroy() throws InterruptedException;

    /** Where users reach it. */
    URI address();
}
