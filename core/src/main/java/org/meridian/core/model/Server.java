package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A release on a machine.
 *
 * @param name     its name
 * @param region   where it is
 * @param release  the release it was made for, from its tags
 * @param revision the release's fingerprint, from its tags
 * @param machine  the machine that it is on
 * @param port     the machine's port that it was given, since others are there besides; empty where it is alone and has the app's own
 * @param state    whether it runs
 * @param store    the state store that it was made from, from its tags; empty when it was made before there were marks
 */
public record Server(
        ServerName name,
        RegionName region,
        ReleaseId release,
        String revision,
        Machine machine,
        OptionalInt port,
        State state,
        Optional<StoreMark> store)
        implements Owned {
    private static final int LAST_PORT = 65_535;

    /** Checks the parts; throws IllegalArgumentException for a port outside 1 to 65535. */
    public Server {
        requireNonNull(name, "name is null");
        requireNonNull(region, "region is null");
        requireNonNull(release, "release is null");
        requireNonNull(revision, "revision is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(port, "port is null");
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > LAST_PORT)) {
            throw new IllegalArgumentException("a port is 1 to " + LAST_PORT + ", not " + port.getAsInt());
        }
        requireNonNull(state, "state is null");
        requireNonNull(store, "store is null");
    }

    /** A server without a mark, alone on a machine that was made for it and has its name. */
    public Server(
            ServerName name,
            RegionName region,
            ReleaseId release,
            String revision,
            Optional<String> address,
            Optional<String> hostKey,
            State state) {
        this(
                name,
                region,
                release,
                revision,
                Machine.made(new MachineName(name.value()), address, hostKey),
                OptionalInt.empty(),
                state,
                Optional.empty());
    }

    /** The same with this mark. */
    public Server from(Optional<StoreMark> mark) {
        return new Server(name, region, release, revision, machine, port, state, mark);
    }

    /** The same in this state. */
    public Server seen(State as) {
        return new Server(name, region, release, revision, machine, port, as, store);
    }

    @Override
    public String label() {
        return name.value();
    }

    /** Where Meridian and the edge reach its machine; empty while it has no address. */
    public Optional<String> address() {
        return machine.address();
    }

    /** Its machine's host key, as {@link Machine#hostKey()} says. */
    public Optional<String> hostKey() {
        return machine.hostKey();
    }

    /** Whether other servers may be on its machine, which outlives it. */
    public boolean sharesMachine() {
        return port.isPresent();
    }

    /** The port of its address under which the app is published. */
    public int publishedPort(Serve serve) {
        return port.orElse(serve.hostPort());
    }

    /** Where the edge finds the app, such as {@code 10.1.0.4:3000}; throws NoSuchElementException without an address. */
    public String origin(Serve serve) {
        String host = address().orElseThrow();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + publishedPort(serve);
    }

    /** Whether a server runs, as its provider sees it. */
    public enum State {
        /** It runs; whether it has finished booting is for the host driver to say. */
        RUNNING,
        /** It is there and does not run. */
        STOPPED,
        /** It was there, and can't be looked at now: whether it runs is not known. */
        UNREACHABLE
    }
}
