package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A machine as its provider shows it.
 *
 * @param name     its name
 * @param region   where it is
 * @param release  the release it was made for, from its tags
 * @param revision the release's fingerprint, from its tags
 * @param address  the address that Meridian and the edge reach it at; empty while it has none
 * @param hostKey  its SSH host key in OpenSSH's public form, learned from the provider; empty while it has none
 * @param state    whether it runs
 * @param seat     its place on a machine that it shares; empty when the machine is its own
 * @param store    the state store that it was made from, from its tags; empty when it was made before there were marks
 */
public record Server(
        ServerName name,
        RegionName region,
        ReleaseId release,
        String revision,
        Optional<String> address,
        Optional<String> hostKey,
        State state,
        Optional<Seat> seat,
        Optional<StoreMark> store) {
    /** Checks that no part is null. */
    public Server {
        requireNonNull(name, "name is null");
        requireNonNull(region, "region is null");
        requireNonNull(release, "release is null");
        requireNonNull(revision, "revision is null");
        requireNonNull(address, "address is null");
        requireNonNull(hostKey, "hostKey is null");
        requireNonNull(state, "state is null");
        requireNonNull(seat, "seat is null");
        requireNonNull(store, "store is null");
    }

    /** A server without a mark. */
    public Server(
            ServerName name,
            RegionName region,
            ReleaseId release,
            String revision,
            Optional<String> address,
            Optional<String> hostKey,
            State state,
            Optional<Seat> seat) {
        this(name, region, release, revision, address, hostKey, state, seat, Optional.empty());
    }

    /** A server without a mark that has a machine of its own. */
    public Server(
            ServerName name,
            RegionName region,
            ReleaseId release,
            String revision,
            Optional<String> address,
            Optional<String> hostKey,
            State state) {
        this(name, region, release, revision, address, hostKey, state, Optional.empty());
    }

    /** The same with this mark. */
    public Server from(Optional<StoreMark> mark) {
        return new Server(name, region, release, revision, address, hostKey, state, seat, mark);
    }

    /** The port of its address under which the app is published. */
    public int publishedPort(Serve serve) {
        return seat.map(Seat::port).orElse(serve.hostPort());
    }

    /** Where the edge finds the app, such as {@code 10.1.0.4:3000}; throws NoSuchElementException without an address. */
    public String origin(Serve serve) {
        String host = address.orElseThrow();
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
