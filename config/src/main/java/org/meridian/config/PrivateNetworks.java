package org.meridian.config;

import java.net.InetAddress;

/**
 * The addresses that nobody has on the Internet: of private networks (RFC 1918; RFC 4193 for IPv6) and those that providers and
 * virtual private networks share (RFC 6598).
 */
final class PrivateNetworks {
    private PrivateNetworks() {}

    /** Whether this is such an address; false too for what is no IP address. */
    static boolean have(String address) {
        try {
            return have(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean have(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (bytes.length > 4) {
            return (first & 0xfe) == 0xfc;
        }
        return address.isSiteLocalAddress() || (first == 100 && (second & 0xc0) == 64);
    }
}
