package org.meridian.core.traffic;

import org.meridian.core.model.ServerName;

/** How an edge names the machines before which it is: no server of a release has such a name. */
public final class OriginName {
    private static final String PREFIX = "machine-";

    private OriginName() {}

    /** The name of the machine with that IP address, in the long form if it is one of IPv6. */
    public static ServerName of(String address) {
        return new ServerName(PREFIX + address.replaceAll("[.:%]", "-"));
    }

    static boolean isOne(ServerName origin) {
        return origin.value().startsWith(PREFIX);
    }
}
