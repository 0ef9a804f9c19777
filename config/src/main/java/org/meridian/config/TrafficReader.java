package org.meridian.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;

/** Reads the traffic layer. */
final class TrafficReader {
    private static final String CLOUDFLARE = "cloudflare";
    private static final String DNS = "dns";
    static final List<String> DRIVERS = List.of("haproxy", DNS, CLOUDFLARE);
    private static final int PORT = 8080;
    private static final int PORT_OF_MACHINES = 80;
    private static final int MOST_MACHINES = 16;
    private static final String MACHINES =
            "Write a list such as 'machines: [ops@edge-1.example.com]', or { ssh: ops@10.0.0.2, address: 203.0.113.2 }.";
    /** An IPv4 address or a name (RFC 1123). */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    // A part of RFC 6265's cookie names that every traffic layer takes.
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private TrafficReader() {}

    /**
     * The traffic layer.
     *
     * @param hosts        the names that users ask for
     * @param machinesStay whether a region's machines outlive releases
     */
    static TrafficSettings read(Section traffic, Duration answerWithin, List<String> hosts, boolean machinesStay) {
        String driver =
                traffic.find("driver").flatMap(field -> field.oneOf(DRIVERS)).orElse(DRIVERS.getFirst());
        Section sticky = traffic.section("sticky");
        TrafficLayer layer =
                switch (driver) {
                    case CLOUDFLARE -> cloudflare(traffic, sticky, hosts, machinesStay);
                    case DNS -> dns(traffic, hosts);
                    default -> haproxy(traffic, machinesStay);
                };
        // Nobody asks for an app on this machine's 127.0.0.1 by its public names.
        boolean byName = !(layer instanceof TrafficLayer.Here);
        return new TrafficSettings(
                layer, cookie(sticky), answerWithin, byName ? hosts : List.of(), senders(traffic, driver));
    }

    /** Before HAProxy that users come to may be a load balancer of another kind. */
    private static List<String> senders(Section traffic, String driver) {
        if (driver.equals(DNS) || (driver.equals(DRIVERS.getFirst()) && traffic.has("machines"))) {
            return ProxiesReader.senders(traffic);
        }
        if (traffic.has(ProxiesReader.SENDERS)) {
            traffic.find(ProxiesReader.SENDERS)
                    .ifPresent(field -> field.keyError(
                            "wrong-place",
                            "nothing that speaks the PROXY protocol stands before what users come to here",
                            "Leave it out, or write 'driver: dns', or 'driver: haproxy' with machines."));
        }
        return List.of();
    }

    /** What stands for a layer in which a problem was found. */
    private static TrafficLayer cloudflare(Section traffic, Section sticky, List<String> hosts, boolean machinesStay) {
        Optional<Proxies> proxies = proxies(traffic, machinesStay, CloudflareSettings.ADDRESSES);
        refuse(traffic, RecordsReader.KEY, CLOUDFLARE, "Write 'driver: dns', or leave it out.");
        if (!machinesStay) {
            warnUnused(traffic, ProxiesReader.PORT);
        }
        traffic.find("machines")
                .ifPresent(field -> field.keyError(
                        "wrong-place",
                        "Cloudflare's machines are its own",
                        "Leave it out, or write 'driver: haproxy'."));
        return CloudflareReader.read(traffic, sticky, hosts)
                .<TrafficLayer>map(settings -> new TrafficLayer.Cloudflare(settings, proxies))
                .orElseGet(() -> new TrafficLayer.Here(PORT));
    }

    private static Optional<Proxies> proxies(Section traffic, boolean machinesStay, List<String> known) {
        if (!machinesStay) {
            warnUnused(traffic, ProxiesReader.TRUSTED);
            return Optional.empty();
        }
        return Optional.of(ProxiesReader.read(traffic, known));
    }

    private static void warnUnused(Section traffic, String key) {
        if (traffic.has(key)) {
            traffic.find(key)
                    .ifPresent(field -> field.warning(
                            "unused",
                            "it is for the proxies on machines that stay, and no region here has any",
                            "Leave it out, or write 'strategy: in_place' in a region."));
        }
    }

    /** Users come to the app's own machines. */
    private static TrafficLayer dns(Section traffic, List<String> hosts) {
        refuseCloudflaresKeys(traffic, DNS);
        traffic.find("machines")
                .ifPresent(field -> field.keyError(
                        "wrong-place",
                        "with DNS alone users come to the machines of the regions",
                        "Leave it out, or write 'driver: haproxy'."));
        Proxies proxies = ProxiesReader.read(traffic, List.of());
        Optional<DnsRecordSettings> records = RecordsReader.read(traffic, hosts);
        return Hostname.required(traffic, hosts)
                .<TrafficLayer>map(hostname -> new TrafficLayer.Dns(hostname, proxies, records))
                .orElseGet(() -> new TrafficLayer.Here(PORT));
    }

    private static TrafficLayer haproxy(Section traffic, boolean machinesStay) {
        String driver = DRIVERS.getFirst();
        refuseCloudflaresKeys(traffic, driver);
        refuse(traffic, RecordsReader.KEY, driver, "Write 'driver: dns', or leave it out.");
        refuse(traffic, "hostname", driver, "Write 'driver: dns' or 'driver: cloudflare', or leave it out.");
        Optional<Field> listed = traffic.find("machines");
        int port = traffic.find("port")
                .flatMap(field -> field.number(1, 65_535))
                .orElse(listed.isPresent() ? PORT_OF_MACHINES : PORT);
        List<TrafficLayer.Machine> machines =
                listed.map(TrafficReader::machines).orElse(List.of());
        if (machines.isEmpty()) {
            warnUnused(traffic, ProxiesReader.TRUSTED);
            return new TrafficLayer.Here(port);
        }
        return new TrafficLayer.Machines(machines, port, proxies(traffic, machinesStay, List.of()));
    }

    private static List<TrafficLayer.Machine> machines(Field field) {
        List<Field> items = field.items(MACHINES).orElse(List.of());
        if (field.isList() && (items.isEmpty() || items.size() > MOST_MACHINES)) {
            field.error("out-of-range", "an edge has 1 to " + MOST_MACHINES + " machines", MACHINES);
            return List.of();
        }
        List<TrafficLayer.Machine> machines = new ArrayList<>();
        for (Field item : items) {
            machine(item).ifPresent(machine -> {
                if (machines.stream().anyMatch(other -> other.ssh().equals(machine.ssh()))) {
                    item.error("duplicate-value", "'" + machine.ssh() + "' is listed twice", "Remove one of them.");
                }
                machines.add(machine);
            });
        }
        return machines;
    }

    private static Optional<TrafficLayer.Machine> machine(Field item) {
        if (!item.isMapping()) {
            return HostsReader.address(item).map(ssh -> new TrafficLayer.Machine(ssh, Optional.empty()));
        }
        Section machine = item.section();
        Optional<SshAddress> ssh =
                machine.require("ssh", "Write 'ssh: user@address'.").flatMap(HostsReader::address);
        Optional<String> address = machine.find("address").flatMap(TrafficReader::address);
        return ssh.map(known -> new TrafficLayer.Machine(known, address));
    }

    private static Optional<String> address(Field field) {
        return field.text().filter(text -> {
            boolean fits = ADDRESS.matcher(text).matches();
            if (!fits) {
                field.error(
                        "wrong-value",
                        "'" + text + "' is neither an IP address nor a host's name",
                        "Write where users reach the machine, such as 203.0.113.2.");
            }
            return fits;
        });
    }

    private static void refuseCloudflaresKeys(Section traffic, String driver) {
        CloudflareReader.KEYS.forEach(
                key -> refuse(traffic, key, driver, "Write 'driver: cloudflare', or leave it out."));
    }

    /** A key that is looked for is one that the driver has: it is asked only whether the key is there. */
    private static void refuse(Section traffic, String key, String driver, String fix) {
        if (traffic.has(key)) {
            traffic.find(key)
                    .ifPresent(field ->
                            field.keyError("wrong-place", "the driver " + driver + " has no such setting", fix));
        }
    }

    private static Optional<String> cookie(Section sticky) {
        String example = "Write a name such as 'cookie: _session'.";
        return sticky.require("cookie", example).flatMap(field -> field.text().filter(name -> {
            boolean wellFormed = COOKIE.matcher(name).matches();
            if (!wellFormed) {
                field.error(
                        "wrong-name",
                        "'" + name + "' can't be a cookie's name: use letters, digits, _ and -, at most 64",
                        example);
            }
            return wellFormed;
        }));
    }
}
