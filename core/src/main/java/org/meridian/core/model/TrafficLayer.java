package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What steers users to servers. */
public sealed interface TrafficLayer {
    /** How a configuration names it. */
    String driver();

    /** The proxies on machines that outlive releases; empty where no region has such machines. */
    default Optional<Proxies> proxies() {
        return Optional.empty();
    }

    /**
     * HAProxy in a container of this machine, on 127.0.0.1.
     *
     * @param port where it listens
     */
    record Here(int port) implements TrafficLayer {
        /** Checks the port; throws IllegalArgumentException outside 1 to 65535. */
        public Here {
            requirePort(port);
        }

        @Override
        public String driver() {
            return "haproxy";
        }
    }

    /**
     * HAProxy on machines of the team's own, each of which takes users to all regions.
     *
     * @param machines the machines, at least one
     * @param port     where HAProxy listens on each
     * @param proxies  what they send requests to in regions whose machines outlive releases; empty where there are none
     */
    record Machines(List<Machine> machines, int port, Optional<Proxies> proxies) implements TrafficLayer {
        /** Copies the list; throws IllegalArgumentException when it is empty or the port is outside 1 to 65535. */
        public Machines {
            machines = List.copyOf(machines);
            requireNonNull(proxies, "proxies is null");
            if (machines.isEmpty()) {
                throw new IllegalArgumentException("no machine");
            }
            requirePort(port);
        }

        @Override
        public String driver() {
            return "haproxy";
        }
    }

    /**
     * One of these machines.
     *
     * @param ssh     how one logs in to it
     * @param address where users reach it, an IP address or a name; empty where that is the address that SSH has
     */
    record Machine(SshAddress ssh, Optional<String> address) {
        /** Checks that no part is null. */
        public Machine {
            requireNonNull(ssh, "ssh is null");
            requireNonNull(address, "address is null");
        }
    }

    /**
     * DNS alone: users come to the machines that have the app's servers, each of which has a proxy.
     *
     * @param hostname the app's public name, whose records are the machines' addresses
     * @param each     the proxies
     * @param records  how the records are kept as the machines are; empty where that is the team's own work
     */
    record Dns(String hostname, Proxies each, Optional<DnsRecordSettings> records) implements TrafficLayer {
        /** Checks that no part is null. */
        public Dns {
            requireNonNull(hostname, "hostname is null");
            requireNonNull(each, "each is null");
            requireNonNull(records, "records is null");
        }

        @Override
        public String driver() {
            return "dns";
        }

        @Override
        public Optional<Proxies> proxies() {
            return Optional.of(each);
        }
    }

    /**
     * Cloudflare's load balancing.
     *
     * @param settings how it steers
     * @param proxies  what it sends requests to in regions whose machines outlive releases; empty where there are none
     */
    record Cloudflare(CloudflareSettings settings, Optional<Proxies> proxies) implements TrafficLayer {
        /** Checks that no part is null. */
        public Cloudflare {
            requireNonNull(settings, "settings is null");
            requireNonNull(proxies, "proxies is null");
        }

        @Override
        public String driver() {
            return "cloudflare";
        }
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }
}
