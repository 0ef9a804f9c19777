package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.HostsLocation.Host;
import org.meridian.config.HostsLocation.Listed;
import org.meridian.config.HostsLocation.Origin;
import org.meridian.config.HostsLocation.Printed;
import org.meridian.config.HostsLocation.TerraformOutput;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.SshAddress;

/** Reads which machines a region has whose servers exist already. */
final class HostsReader {
    private static final String EXAMPLE = "Write a list such as 'hosts: [ops@lab-1.example.com, ops@10.0.0.5:2222]'.";
    private static final String PORTS = "Write the first and the last port, such as 20000-20099.";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final Pattern IP =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** INET6_ADDRSTRLEN of inet_ntop(3), without the NUL. */
    private static final int LONGEST_IP = 45;

    private static final Pattern OUTPUT = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    /** More than one for each release that can be there at a time. */
    private static final int FEWEST_PORTS = 3;

    private static final int MOST = 65_535;

    private final Path directory;

    HostsReader(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** The machines; empty, with problems kept, when something is wrong. */
    Optional<HostsLocation> read(Section region) {
        for (String key : List.of("size", "networks")) {
            region.find(key)
                    .ifPresent(field -> field.keyError(
                            "unused", "machines that exist are as they are", "Leave '" + key + "' out."));
        }
        Optional<Field> listed = region.find("hosts");
        Optional<Field> terraform = region.find("terraform_output");
        Optional<Field> command = region.find("command");
        List<Field> written = new ArrayList<>();
        List.of(listed, terraform, command).forEach(field -> field.ifPresent(written::add));
        if (written.size() > 1) {
            written.getLast()
                    .keyError(
                            "one-of",
                            "only one of hosts, terraform_output and command says which machines there are",
                            "Keep one of them.");
            return Optional.empty();
        }
        if (written.isEmpty() && !region.has("hosts") && !region.has("terraform_output") && !region.has("command")) {
            region.require("hosts", EXAMPLE + " Or write 'terraform_output' or 'command'.");
        }
        return listed.<Origin>flatMap(this::listed)
                .or(() -> terraform.flatMap(this::terraform))
                .or(() -> CommandReader.read(command).map(Printed::new))
                .map(origin -> location(region, origin));
    }

    /** Machines that the region's provider makes, and that stay. */
    static HostsLocation made(Section region) {
        return location(region, new HostsLocation.Made());
    }

    private static HostsLocation location(Section region, Origin origin) {
        int[] ports = region.find("ports")
                .flatMap(HostsReader::ports)
                .orElse(new int[] {HostsLocation.FIRST_PORT, HostsLocation.LAST_PORT});
        return new HostsLocation(origin, ports[0], ports[1]);
    }

    /** How many servers a region has that does not say so: one on each machine. */
    static int servers(Optional<HostsLocation> location) {
        return location.map(HostsLocation::origin)
                .filter(Listed.class::isInstance)
                .map(origin -> ((Listed) origin).hosts().size())
                .orElse(1);
    }

    /** Keeps a problem where a region wants more servers than it lists machines. */
    static void checkServers(Optional<Field> servers, int wanted, Optional<HostsLocation> location) {
        int machines = servers(location);
        boolean listed =
                location.filter(where -> where.origin() instanceof Listed).isPresent();
        servers.filter(field -> listed && wanted > machines)
                .ifPresent(field -> field.error(
                        "too-few-hosts",
                        wanted + " servers need as many machines, and 'hosts' has " + machines,
                        "Write " + machines + " or less, or leave it out."));
    }

    private Optional<Origin> listed(Field field) {
        List<Field> items = field.items(EXAMPLE).orElse(List.of());
        if (items.size() > RegionReader.MOST_SERVERS) {
            field.error(
                    "out-of-range",
                    "these are " + items.size() + " machines; a region takes " + RegionReader.MOST_SERVERS,
                    "Make several regions of them.");
            return Optional.empty();
        }
        List<Host> hosts = new ArrayList<>();
        for (Field item : items) {
            host(item).ifPresent(host -> {
                if (hosts.stream().anyMatch(other -> other.ssh().equals(host.ssh()))) {
                    item.error("duplicate-value", "'" + host.ssh() + "' is listed twice", "Remove one of them.");
                }
                hosts.add(host);
            });
        }
        if (items.isEmpty() && field.isList()) {
            field.error("empty-value", "there is no machine in it", EXAMPLE);
        }
        return hosts.isEmpty() || hosts.size() < items.size() ? Optional.empty() : Optional.of(new Listed(hosts));
    }

    private static Optional<Host> host(Field item) {
        if (!item.isMapping()) {
            return address(item).map(ssh -> new Host(ssh, Optional.empty()));
        }
        Section host = item.section();
        Optional<SshAddress> ssh =
                host.require("ssh", "Write 'ssh: user@address'.").flatMap(HostsReader::address);
        Optional<String> edge = host.find("address")
                .flatMap(field -> field.text().filter(text -> {
                    boolean fits =
                            text.length() <= LONGEST_IP && IP.matcher(text).matches();
                    if (!fits) {
                        field.error(
                                "wrong-value", "'" + text + "' is not an IP address", "Write one such as 10.0.0.4.");
                    }
                    return fits;
                }));
        return ssh.map(known -> new Host(known, edge));
    }

    /** An address for SSH, wherever one is read. */
    static Optional<SshAddress> address(Field field) {
        return field.parsed(
                SshAddress::parse, "Write user@address, or user@address:port; an IPv6 address in brackets.");
    }

    private Optional<Origin> terraform(Field field) {
        Section section = field.section();
        Optional<Path> dir = section.require("dir", "Write the root module's directory, such as 'dir: ../infra'.")
                .flatMap(value -> value.text().flatMap(text -> {
                    Optional<Path> path = WrittenPath.of(directory, text).filter(Files::isDirectory);
                    if (path.isEmpty()) {
                        value.error(
                                "missing-file",
                                "there is no directory '" + text + "'",
                                "Write where your Terraform is.");
                    }
                    return path;
                }));
        Optional<String> output = section.require("output", "Write the output's name, such as 'output: servers'.")
                .flatMap(value -> value.text().filter(text -> {
                    boolean fits = OUTPUT.matcher(text).matches();
                    if (!fits) {
                        value.error(
                                "wrong-value", "'" + text + "' can't be an output's name", "Write it as in Terraform.");
                    }
                    return fits;
                }));
        return dir.isPresent() && output.isPresent()
                ? Optional.of(new TerraformOutput(dir.get(), output.get()))
                : Optional.empty();
    }

    private static Optional<int[]> ports(Field field) {
        return field.text().flatMap(text -> {
            Matcher range = RANGE.matcher(text.strip());
            if (!range.matches()) {
                field.error("wrong-value", "'" + text + "' is not a range of ports", PORTS);
                return Optional.empty();
            }
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(range.group(2));
            if (first < 1 || last > MOST || last - first + 1 < FEWEST_PORTS) {
                field.error(
                        "out-of-range",
                        text + " is outside 1 to " + MOST + " or less than " + FEWEST_PORTS + " ports",
                        PORTS);
                return Optional.empty();
            }
            return Optional.of(new int[] {first, last});
        });
    }
}
