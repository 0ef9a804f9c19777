package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalMachines;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;

/** One real local server with the tiny app's image at hand. */
final class OneLocalServer {
    static final RegionName REGION = new RegionName("eu");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final LocalProcesses docker = new LocalProcesses();
    private final AppName app;
    private final AloneOnMachines fleet;
    private final DeployKey key;
    private final SshHosts hosts;
    private final ImageReference image;
    private Server server;

    private OneLocalServer(AppName app, Path directory) throws InterruptedException {
        this.app = app;
        LocalNames names = new LocalNames(app);
        LocalImage machine = new LocalImage(LocalImage.userCache(), docker);
        LocalRegistry registry = new LocalRegistry(names, machine, docker);
        key = new KeptDeployKey(LocalDirectory.at(directory.resolve("ssh")));
        fleet = new AloneOnMachines(
                new LocalMachines(
                        names,
                        machine,
                        registry,
                        () -> UserData.of(app, "deploy", key.publicKey()),
                        docker,
                        LocalDirectory.at(directory),
                        new Ownership(Optional::empty)),
                new Ownership(Optional::empty));
        fleet.destroyAll();
        hosts = hosts(LogSettings.USUAL);
        image = registry.resolve(TinyApp.build(machine, docker));
        ReleaseId first = new ReleaseId(1);
        fleet.converge(
                new Region(REGION, "local", "DE", 1, Optional.empty(), List.of(), Map.of(), List.of()),
                List.of(new ServerSpec(ServerName.of(app, REGION, first, 1), first, "000000000001")));
        server = observed();
        hosts.awaitBoot(server, LONG);
    }

    /** Boots it; what an earlier test left behind is removed. */
    static OneLocalServer boot(String app, Path directory) throws InterruptedException {
        return new OneLocalServer(new AppName(app), directory);
    }

    SshHosts hosts() {
        return hosts;
    }

    /** The same with logs of another kind, over a connection of its own; whoever asks closes it. */
    SshHosts hosts(LogSettings logs) {
        return new SshHosts(
                app,
                ServerConnections.direct(new SshConnections(PersonalSetup.NONE), "deploy", key, Endpoint.SSH_PORT),
                ImageSupply.REGISTRIES,
                logs,
                region -> Publishing.TO_THE_NETWORK,
                new SystemTime());
    }

    Server server() {
        return server;
    }

    ImageReference image() {
        return image;
    }

    /** What looks into it, by the same connection. */
    SshServers access() {
        return new SshServers(app, hosts.connections());
    }

    void run(Release release) throws InterruptedException {
        hosts.place(server, new Installation(app, release, Map.of(), Map.of()));
        hosts.pull(server, release.id(), LONG);
        hosts.start(server, release.id(), LONG);
    }

    void reboot() throws InterruptedException {
        String unused = docker.run(
                        Command.of("docker", "restart", server.name().value()).within(LONG))
                .expect("restarting", "");
        server = observed();
        hosts.forget(server.name());
        hosts.awaitBoot(server, LONG);
    }

    /** It does not answer any more, as if its network cable were cut. */
    void pause() throws InterruptedException {
        String unused =
                docker.run(Command.of("docker", "pause", server.name().value())).expect("pausing", "");
    }

    void resume() throws InterruptedException {
        String unused = docker.run(Command.of("docker", "unpause", server.name().value()))
                .expect("resuming", "");
    }

    /** What a command prints there. */
    String shell(String... argv) throws InterruptedException {
        return docker.run(Command.of("docker", "exec", server.name().value()).with(argv))
                .output();
    }

    /** The Compose services that run there, in order. */
    List<String> services() throws InterruptedException {
        return shell("docker", "ps", "--format", "{{.Label \"com.docker.compose.service\"}}")
                .lines()
                .sorted()
                .toList();
    }

    /** The id of a service's container. */
    String id(String service) throws InterruptedException {
        return shell("docker", "ps", "--quiet", "--filter", "label=com.docker.compose.service=" + service)
                .strip();
    }

    /** Waits until these services run, and no others. */
    void await(String... expected) throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        List<String> running = services();
        while (!running.equals(List.of(expected))) {
            assertThat(System.nanoTime()).as("running: " + running).isLessThan(giveUp);
            running = services();
        }
    }

    private Server observed() throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (true) {
            Server found = fleet.observe().servers().getFirst();
            if (found.hostKey().isPresent() && found.address().isPresent()) {
                return found;
            }
            assertThat(System.nanoTime()).as("no host key").isLessThan(giveUp);
        }
    }

    void close() throws InterruptedException {
        hosts.close();
        fleet.destroyAll();
    }
}
