package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An IP address as a record in DNS has it. Two of the same address are equal, however they were written.
 *
 * @param ip the address
 */
public record DnsAddress(InetAddress ip) implements Comparable<DnsAddress> {
    /** Checks that it is there. */
    public DnsAddress {
        requireNonNull(ip, "ip is null");
    }

    /** What was written; throws IllegalArgumentException where it is no IP address. Nothing is looked up. */
    public static DnsAddress of(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        return new DnsAddress(InetAddress.ofLiteral(bracketed ? text.substring(1, text.length() - 1) : text));
    }

    /** Of the record that has it: A for IPv4, AAAA for IPv6 (RFC 1035, RFC 3596). */
    public String type() {
        return ip instanceof Inet4Address ? "A" : "AAAA";
    }

    /**
     * Whether nobody outside a network of its own reaches it: this machine's, a link's, and those for private networks (RFC 1918, RFC
     * 4193) and for a provider's own (RFC 6598).
     */
    public boolean isPrivate() {
        byte[] bytes = ip.getAddress();
        boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return unique
                || shared
                || ip.isAnyLocalAddress()
                || ip.isLoopbackAddress()
                || ip.isLinkLocalAddress()
                || ip.isSiteLocalAddress();
    }

    @Override
    public int compareTo(DnsAddress other) {
        int byType = type().compareTo(other.type());
        return byType == 0 ? toString().compareTo(other.toString()) : byType;
    }

    /** The address alone. */
    @Override
    public String toString() {
        return ip.getHostAddress();
    }
}
