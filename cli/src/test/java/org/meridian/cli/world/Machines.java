package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalMachines;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.drivers.local.LocalRegistry;
import org.meridian.drivers.ssh.KeptDeployKey;
import org.meridian.testkit.ComposePlugin;

/**
 * Machines that are not Meridian's own: containers of the local world's image, made under another app's name, that join
 * the network of one of an app's regions, where its edge reaches them.
 */
final class Machines implements AutoCloseable {
    private static final ReleaseId ONLY = new ReleaseId(1);
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);

    private final AppName app;
    private final RegionName region;
    private final String network;
    private final LocalRegistry registry;
    private final AloneOnMachines fleet;
    private final Map<Integer, ServerSpec> there = new TreeMap<>();
    private UserData userData = new UserData("");
    private int made;
    private @Nullable Machines older;

    private Machines(String ofApp, String region, LocalRegistry registry, Path hostKeys) throws InterruptedException {
        this(
                name(ofApp, region),
                new RegionName(region),
                new LocalNetworks(new LocalNames(new AppName(ofApp)), DOCKER).ensure(new RegionName(region)),
                registry,
                hostKeys,
                IMAGE);
    }

    private Machines(
            AppName app, RegionName region, String network, LocalRegistry registry, Path hostKeys, LocalImage image)
            throws InterruptedException {
        this.app = app;
        this.region = region;
        this.network = network;
        LocalWorld.removeLeftovers(app.value());
        this.registry = registry;
        this.fleet = new AloneOnMachines(
                new LocalMachines(
                        new LocalNames(app),
                        image,
                        registry,
                        () -> userData,
                        DOCKER,
                        LocalDirectory.at(hostKeys),
                        new Ownership(Optional::empty)),
                new Ownership(Optional::empty));
    }

    /** None yet, for a region of an app whose own servers are local ones too: all pull from that app's registry. */
    static Machines beside(String ofApp, String region, Path hostKeys) throws InterruptedException {
        return new Machines(ofApp, region, registry(ofApp), hostKeys);
    }

    /** Boots so many with a registry of their own; whoever has the key in this directory may log in as ops. */
    static Machines boot(int machines, Path ssh, String ofApp, String region) throws Exception {
        LocalRegistry registry = registry(name(ofApp, region).value());
        Machines made = new Machines(ofApp, region, registry, ssh.resolve("pinned"));
        made.boot(machines, ssh);
        return made;
    }

    private static AppName name(String ofApp, String region) {
        return new AppName("machines-" + ofApp + "-" + region);
    }

    private static LocalRegistry registry(String app) {
        return new LocalRegistry(new LocalNames(new AppName(app)), IMAGE, DOCKER);
    }

    /** Boots so many that somebody else set up: with sshd, systemd, an engine, and a user ops who may sudo. */
    void boot(int machines, Path ssh) throws Exception {
        int first = add(machines, UserData.of(app, "ops", new KeptDeployKey(LocalDirectory.at(ssh)).publicKey()));
        for (int n = first; n < first + machines; n++) {
            awaitBoot(n);
        }
        Files.writeString(
                ssh.resolve("known_hosts"), knownHosts(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Boots so many of Debian 12 beside these; their numbers come after all others, to which none is added any more. */
    void bootOlder(int machines, Path ssh) throws Exception {
        Path plugin = ComposePlugin.find().orElseThrow().program();
        String image = Shell.run(
                        Path.of("src/test/world"),
                        "./build-bookworm",
                        LocalWorld.CHECKOUT.resolve("machine").toString(),
                        plugin.toString())
                .strip();
        // They are in no other network of the registry's.
        Shell.docker("network", "connect", network, new LocalNames(app).registry());
        Machines some = new Machines(
                new AppName(app + "-12"),
                region,
                network,
                registry,
                ssh.resolve("pinned"),
                LocalImage.existing(image, DOCKER));
        older = some;
        some.boot(machines, ssh);
    }

    /** Starts so many with this user data; returns the number of the first. */
    synchronized int add(int machines, UserData with) {
        int first = made + 1;
        for (int i = 0; i < machines; i++) {
            made++;
            there.put(made, new ServerSpec(ServerName.of(app, region, ONLY, made), ONLY, "000000000001"));
        }
        userData = with;
        converge();
        return first;
    }

    synchronized void remove(int number) {
        there.remove(number);
        converge();
    }

    private void converge() {
        try {
            fleet.converge(
                    new Region(
                            region,
                            "local",
                            "DE",
                            Math.max(1, there.size()),
                            Optional.empty(),
                            List.of(network),
                            Map.of(),
                            List.of()),
                    List.copyOf(there.values()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
        for (Server server : fleet.observe().servers()) {
            int number = Integer.parseInt(server.name().value().replaceAll(".*-", ""));
            lines.append(address(number))
                    .append(' ')
                    .append(server.hostKey().orElseThrow())
                    .append('\n');
        }
        return lines.toString();
    }

    String container(int number) {
        if (older != null && number > made) {
            return older.container(number - made);
        }
        return ServerName.of(app, region, ONLY, number).value();
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

    /** How many containers there are of these machines. */
    int containers() {
        return (int) Shell.docker("ps", "-aq", "--filter", "label=dev.meridian.app=" + app)
                .lines()
                .count();
    }

    /** What a shell on a machine prints as root. */
    String run(int number, String script) {
        return Shell.docker("exec", container(number), "sh", "-c", script);
    }

    @Override
    public void close() {
        if (older != null) {
            older.close();
        }
        try {
            fleet.destroyAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(containers()).isZero();
    }
}
