package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalFleet;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.drivers.local.LocalRegistry;
import org.meridian.drivers.ssh.DeployKey;

/** Machines that somebody else set up, for an app to be deployed to: sshd, systemd, an engine, and a user who may sudo. */
final class Machines implements AutoCloseable {
    private static final RegionName HERE = new RegionName("here");
    private static final ReleaseId ONLY = new ReleaseId(1);

    private final AppName app;
    private final LocalFleet fleet;
    private final LocalRegistry registry;
    private final String network;

    private Machines(AppName app, LocalFleet fleet, LocalRegistry registry, String network) {
        this.app = app;
        this.fleet = fleet;
        this.registry = registry;
        this.network = network;
    }

    /** Boots so many; whoever has the key in this directory may log in as ops. They join the network of a region. */
    static Machines boot(int machines, Path ssh, String ofApp, String region) throws Exception {
        AppName app = new AppName(ofApp + "-machines");
        LocalProcesses docker = new LocalProcesses();
        LocalNames names = new LocalNames(app);
        LocalImage image = new LocalImage(LocalImage.userCache(), docker);
        LocalRegistry registry = new LocalRegistry(names, image, docker);
        DeployKey key = new DeployKey(ssh);
        LocalFleet fleet = new LocalFleet(
                names, image, registry, () -> UserData.of(app, "ops", key.publicKey()), docker, ssh.resolve("pinned"));
        LocalNetworks networks = new LocalNetworks(new LocalNames(new AppName(ofApp)), docker);
        String network = networks.ensure(new RegionName(region));
        Machines made = new Machines(app, fleet, registry, network);
        fleet.converge(
                new Region(HERE, "local", "DE", machines, Optional.empty(), List.of(), Map.of(), List.of()),
                IntStream.rangeClosed(1, machines)
                        .mapToObj(n -> new ServerSpec(ServerName.of(app, HERE, ONLY, n), ONLY, "000000000001"))
                        .toList());
        for (int n = 1; n <= machines; n++) {
            networks.attach(made.container(n), network);
            made.awaitBoot(n);
        }
        Files.writeString(ssh.resolve("known_hosts"), made.knownHosts());
        return made;
    }

    private void awaitBoot(int number) throws Exception {
        Wait.until(
                "machine " + number + " to boot",
                Duration.ofMinutes(2),
                () -> Shell.attempt(
                                        Path.of("."),
                                        Duration.ofSeconds(20),
                                        List.of(
                                                "docker",
                                                "exec",
                                                container(number),
                                                "test",
                                                "-e",
                                                "/run/cloud-init/result.json"))
                                .exitCode()
                        == 0);
    }

    /** The lines of known hosts, with the keys that the engine tells. */
    private String knownHosts() throws InterruptedException, IOException {
        StringBuilder lines = new StringBuilder();
        for (Server server : fleet.observe()) {
            int number = Integer.parseInt(server.name().value().replaceAll(".*-", ""));
            lines.append(address(number))
                    .append(' ')
                    .append(server.hostKey().orElseThrow())
                    .append('\n');
        }
        return lines.toString();
    }

    String container(int number) {
        return ServerName.of(app, HERE, ONLY, number).value();
    }

    String address(int number) {
        return Shell.docker(
                "inspect",
                "--format",
                "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}",
                container(number));
    }

    /** A reference to a local image that every machine can pull. */
    String pullable(String image) throws InterruptedException {
        return registry.resolve(ImageReference.parse(image)).toString();
    }

    /** What a shell on a machine prints as root. */
    String run(int number, String script) {
        return Shell.docker("exec", container(number), "sh", "-c", script);
    }

    @Override
    public void close() {
        try {
            fleet.destroyAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(Shell.docker("ps", "-aq", "--filter", "label=dev.meridian.app=" + app))
                .isEmpty();
    }
}
