package org.meridian.core.model;

import java.util.List;

/**
 * The proxies on machines that outlive releases: each splits the requests that come to its machine between the releases there.
 *
 * @param port    where each of them listens
 * @param trusted addresses and ranges in CIDR form of what stands before them, whose word about the user is believed
 */
public record Proxies(int port, List<String> trusted) {
    /** Where a proxy listens unless another port is configured. */
    public static final int PORT = 80;

    /** The header of a request that a proxy answers from the servers beside it or not at all: it was sent on once, or it is a check. */
    public static final String ALONE = "X-Meridian-Hop";

    /** Copies the list; throws IllegalArgumentException where the port is outside 1 to 65535. */
    public Proxies {
        trusted = List.copyOf(trusted);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }
}
