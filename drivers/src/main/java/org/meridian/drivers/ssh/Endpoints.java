package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;

/** Finds out how one gets to a machine: from its address, Meridian's settings, and the person's SSH configuration. */
final class Endpoints {
    /** The files that ssh tries by itself (ssh_config(5), IdentityFile). */
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private static final int MOST_HOPS = 8;

    private final SshSettings settings;
    private final Optional<DeployKey> team;
    private final HostKeyPins pins;
    private final SshConfig config;
    private final Map<List<Path>, KnownHosts> knownHosts = new ConcurrentHashMap<>();

    Endpoints(SshSettings settings, Optional<DeployKey> team, HostKeyPins pins) {
        this.settings = requireNonNull(settings, "settings is null");
        this.team = requireNonNull(team, "team is null");
        this.pins = requireNonNull(pins, "pins is null");
        this.config = new SshConfig(settings.config());
    }

    /** A machine that was there before Meridian. */
    Endpoint of(SshAddress machine) {
        return of(machine, Optional.empty(), 0);
    }

    /** The machine that everything goes through when Meridian's own settings say so. */
    Optional<Endpoint> jump() {
        return through(settings.jump(), 0);
    }

    private Endpoint of(SshAddress machine, Optional<Endpoint> former, int depth) {
        if (depth > MOST_HOPS) {
            throw Failure.usage(Diagnostic.of(
                    "ssh-jumps",
                    "the way to " + machine + " goes through more than " + MOST_HOPS + " machines",
                    "See whether ProxyJump in the SSH configuration goes round in a circle."));
        }
        SshConfig.Host host = config.of(machine);
        Optional<Endpoint> via = former.isPresent() ? former : way(host, depth);
        if (via.isEmpty() && host.proxyCommand().isPresent()) {
            throw Failure.usage(Diagnostic.of(
                    "ssh-proxy-command",
                    "the SSH configuration gets to " + machine.host()
                            + " by a ProxyCommand, which Meridian does not run",
                    "Write ProxyJump in its place, or 'jump: user@bastion' under 'ssh' in meridian.yml."));
        }
        return new Endpoint(
                /* name= */ machine.host(),
                /* host= */ host.name(),
                host.port(),
                user(machine, host),
                login(host),
                trust(host),
                via);
    }

    private Optional<Endpoint> way(SshConfig.Host host, int depth) {
        if (depth > 0) {
            // A bastion is reached as the SSH configuration says, or straight.
            return through(host.jump().orElse(List.of()), depth);
        }
        return through(settings.jump().isEmpty() ? host.jump().orElse(List.of()) : settings.jump(), depth);
    }

    private Optional<Endpoint> through(List<SshAddress> hops, int depth) {
        Optional<Endpoint> last = Optional.empty();
        for (SshAddress hop : hops) {
            last = Optional.of(of(hop, last, depth + 1));
        }
        return last;
    }

    private String user(SshAddress machine, SshConfig.Host host) {
        return machine.user()
                .or(host::user)
                .or(settings::user)
                .orElseGet(() -> System.getProperty("user.name", "root"));
    }

    private Login login(SshConfig.Host host) {
        List<Path> named = settings.keys().isEmpty() ? host.keys() : settings.keys();
        List<Path> usual = USUAL_KEYS.stream()
                .map(name -> SshConfigText.fromHome("~/.ssh/" + name))
                .toList();
        // What the SSH configuration names need not exist; what meridian.yml names must.
        List<Path> present = settings.keys().isEmpty()
                ? named.stream().filter(Files::isReadable).toList()
                : named;
        return new Login.Personal(team, present, settings.config().isPresent() ? usual : List.of(), settings.agent());
    }

    private Trust trust(SshConfig.Host host) {
        List<Path> files = Stream.concat(host.knownHosts().stream(), settings.knownHosts().stream())
                .distinct()
                .toList();
        KnownHosts hosts = knownHosts.computeIfAbsent(files, KnownHosts::new);
        return host.alias()
                .map(alias -> new Trust.Known(hosts, alias, Endpoint.SSH_PORT, pins))
                .orElseGet(() -> new Trust.Known(hosts, host.name(), host.port(), pins));
    }
}
