package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.EdgeMachine;

/**
 * HAProxy on a machine that has servers of the app: users come to it, and it sends them to the servers beside it.
 *
 * @param region  the machine's region
 * @param address its IP address, under which the other machines reach it
 * @param machine where HAProxy runs
 */
public record Proxy(RegionName region, String address, EdgeMachine machine) {
    /** Checks that no part is null. */
    public Proxy {
        requireNonNull(region, "region is null");
        requireNonNull(address, "address is null");
        requireNonNull(machine, "machine is null");
    }

    /** Where other machines, and an edge, reach HAProxy there. */
    public String entrance() {
        return host() + ":" + machine.port();
    }

    /** Whether an origin at that address is one of the servers there. */
    boolean has(String origin) {
        return origin.substring(0, origin.lastIndexOf(':')).equals(host());
    }

    /** An origin's address as HAProxy on the same machine reaches it. */
    static String beside(String origin) {
        return "127.0.0.1" + origin.substring(origin.lastIndexOf(':'));
    }

    /** The address, as others reach it, of what HAProxy reaches at that one. */
    String outside(String origin) {
        return host() + origin.substring(origin.lastIndexOf(':'));
    }

    private String host() {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
