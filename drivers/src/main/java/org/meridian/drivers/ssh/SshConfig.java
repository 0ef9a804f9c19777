package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.SshAddress;

/**
 * A person's SSH configuration (ssh_config(5)): Host, HostName, User, Port, IdentityFile, ProxyJump, HostKeyAlias,
 * UserKnownHostsFile and Include. Match blocks are passed over; ProxyCommand is refused where it would be needed.
 */
final class SshConfig {
    private final Optional<Path> file;
    private @Nullable HostConfigEntryResolver entries;

    /** What this file says; it is read when first asked, and need not exist. */
    SshConfig(Optional<Path> file) {
        this.file = requireNonNull(file, "file is null");
    }

    /** What is said of a machine. */
    Host of(SshAddress machine) {
        try {
            HostConfigEntry entry = entries()
                    .resolveEffectiveHost(machine.host(), machine.port().orElse(0), null, null, null, null);
            return entry == null ? Host.unknown(machine) : host(machine, entry);
        } catch (IOException | RuntimeException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Host host(SshAddress machine, HostConfigEntry entry) {
        String name = Optional.ofNullable(entry.getProperty(HostConfigEntry.HOST_NAME_CONFIG_PROP))
                .map(text -> text.replace("%h", machine.host()).replace("%%", "%"))
                .orElse(machine.host());
        return new Host(
                name,
                entry.getPort() > 0 ? entry.getPort() : Endpoint.SSH_PORT,
                Optional.ofNullable(entry.getProperty(HostConfigEntry.USER_CONFIG_PROP)),
                entry.getIdentities().stream().map(Path::of).toList(),
                entry.getProperty(HostConfigEntry.PROXY_JUMP_CONFIG_PROP) == null
                        ? Optional.empty()
                        : Optional.of(jumps(entry.getProperty(HostConfigEntry.PROXY_JUMP_CONFIG_PROP))),
                needed(entry.getProperty("ProxyCommand")),
                Optional.ofNullable(entry.getProperty("HostKeyAlias")),
                files(entry.getProperty("UserKnownHostsFile")));
    }

    private static List<SshAddress> jumps(String written) {
        if (written.equalsIgnoreCase("none")) {
            return List.of();
        }
        return Arrays.stream(written.split(",", -1))
                .map(String::strip)
                .map(hop -> hop.startsWith("ssh://") ? hop.substring("ssh://".length()) : hop)
                .map(SshAddress::parse)
                .toList();
    }

    private static Optional<String> needed(@Nullable String proxyCommand) {
        return Optional.ofNullable(proxyCommand).filter(command -> !command.equalsIgnoreCase("none"));
    }

    private static List<Path> files(@Nullable String written) {
        return written == null
                ? List.of()
                : Arrays.stream(written.split("[ ,]+", -1))
                        .map(SshConfigText::fromHome)
                        .toList();
    }

    private synchronized HostConfigEntryResolver entries() throws IOException {
        if (entries == null) {
            String text = file.isPresent() ? SshConfigText.read(file.get()) : "";
            entries = HostConfigEntry.toHostConfigEntryResolver(
                    HostConfigEntry.readHostConfigEntries(new StringReader(text), true));
        }
        return entries;
    }

    private Failure unreadable(String why) {
        return Failure.usage(Diagnostic.of(
                "ssh-config",
                "can't read the SSH configuration " + file.map(Path::toString).orElse("") + ": " + why,
                "Fix it, or write 'config: FILE' under 'ssh' to have another one read, or 'config: none'."));
    }

    /**
     * What the configuration says of a machine.
     *
     * @param name         its real name or address
     * @param port         the port of its sshd
     * @param user         who logs in; empty when it does not say
     * @param keys         private key files
     * @param jump         the machines to go through; empty when it does not say
     * @param proxyCommand a program that would have to be run to get there
     * @param alias        the machine's name in the known hosts
     * @param knownHosts   the files of known hosts; empty for the usual ones
     */
    record Host(
            String name,
            int port,
            Optional<String> user,
            List<Path> keys,
            Optional<List<SshAddress>> jump,
            Optional<String> proxyCommand,
            Optional<String> alias,
            List<Path> knownHosts) {
        static Host unknown(SshAddress machine) {
            return new Host(
                    machine.host(),
                    machine.port().orElse(Endpoint.SSH_PORT),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
    }
}
