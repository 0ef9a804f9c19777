package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * A record that decides where users of a name come to.
 *
 * @param name  whose it is, such as {@code journal.example.com}
 * @param type  such as A, AAAA and CNAME
 * @param value what it says: an address, or another name
 * @param ttl   how long resolvers may keep it
 * @param ours  whether Meridian made it for this app
 */
public record DnsRecord(String name, String type, String value, Duration ttl, boolean ours) {
    /** Checks that no part is null. */
    public DnsRecord {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(value, "value is null");
        requireNonNull(ttl, "ttl is null");
    }

    /** The address; empty where it is something else. */
    public Optional<DnsAddress> address() {
        boolean has = type.equals("A") || type.equals("AAAA");
        return has ? Optional.of(DnsAddress.of(value)) : Optional.empty();
    }

    /** For people: the type and what it says. */
    public String words() {
        return type + " " + value;
    }
}
