package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.EdgeMachine;

/**
 * A machine of the team's own with HAProxy, reached over SSH: from the distribution's packages, as a service of systemd that
 * serves on without Meridian and comes back after a reboot.
 *
 * <p>Other apps may have their parts in the same HAProxy. One with a configuration of somebody else is left as it is, and refused.
 */
public final class SshEdge implements EdgeMachine {
    private static final int REFUSED = 65;
    private static final Duration SETTING_UP = Duration.ofMinutes(5);
    private static final Duration LOOKING = Duration.ofSeconds(30);

    private final AppName app;
    private final TrafficLayer.Machine machine;
    private final int port;
    private final SshConnections connections;

    /**
     * An edge; nothing is connected to before it is needed.
     *
     * @param port where users reach HAProxy
     */
    public SshEdge(AppName app, TrafficLayer.Machine machine, int port, SshConnections connections) {
        this.app = requireNonNull(app, "app is null");
        this.machine = requireNonNull(machine, "machine is null");
        this.port = port;
        this.connections = requireNonNull(connections, "connections is null");
    }

    @Override
    public int port() {
        return port;
    }

    /** Whether this app has a part in it, or has it whole, as an earlier version made it. */
    @Override
    public boolean exists() throws InterruptedException {
        return run(Command.of(
                                "sh",
                                "-c",
                                "[ -e \"/etc/haproxy/meridian/$1.part\" ] || [ \"$(cat /etc/haproxy/meridian-app 2>&1)\" = \"$1\" ]",
                                "exists",
                                app.value())
                        .within(LOOKING))
                .succeeded();
    }

    @Override
    public boolean running() throws InterruptedException {
        return run(Command.of("systemctl", "--quiet", "is-active", "haproxy").within(LOOKING))
                .succeeded();
    }

    @Override
    public void ensure(Collection<RegionName> regions) throws InterruptedException {
        CommandResult result = run(script("edge").within(SETTING_UP));
        if (result.exitCode() == REFUSED) {
            throw Failure.of(Diagnostic.of(
                    "edge-machine",
                    machine.ssh() + " can't be the edge: " + result.output().strip(),
                    "Use a machine of Debian 12, Ubuntu 24.04 or newer, whose HAProxy nothing else uses."));
        }
        result.expect(
                "setting up HAProxy on " + machine.ssh(),
                "See 'systemctl status haproxy' there; something else may have port " + port + ".");
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        return connections.to(machine.ssh()).run(command);
    }

    @Override
    public Process open(Command command) throws InterruptedException {
        return new ChannelProcess(connections.machine(machine.ssh()).start(command, channel -> {}));
    }

    @Override
    public Optional<String> read(String path) throws InterruptedException {
        CommandResult result = run(Command.of("sh", "-c", "[ ! -e \"$1\" ] || { echo; cat -- \"$1\"; }", "read", path)
                .within(LOOKING));
        String text = result.expect("reading " + path + " on " + machine.ssh(), "Run the command again.");
        return text.isEmpty() ? Optional.empty() : Optional.of(text.substring(1));
    }

    @Override
    public void reload() throws InterruptedException {
        run(Command.of("systemctl", "reload", "haproxy").within(LOOKING))
                .expect(
                        "reloading HAProxy on " + machine.ssh(),
                        "See 'systemctl status haproxy' there; something else may have port " + port + ".");
    }

    @Override
    public void destroy() throws InterruptedException {
        run(script("no-edge").within(SETTING_UP)).expect("removing the edge from " + machine.ssh(), "Run it again.");
    }

    @Override
    public URI address() {
        String host = machine.address().orElseGet(() -> connections.host(machine.ssh()));
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + (port == 80 ? "" : ":" + port));
    }

    private Command script(String name) {
        return Command.of("bash", "-c", Scripts.read(name), name, app.value());
    }
}
