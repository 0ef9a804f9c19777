package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalMachines;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;
import org.meridian.drivers.ssh.KeptDeployKey;
import org.meridian.drivers.ssh.SshConnections;
import org.meridian.drivers.ssh.SshEdge;
import org.meridian.testkit.TrafficApp;
import org.meridian.testkit.TrafficDriverContract;

/** HAProxy as a service of a real machine with systemd, reached over SSH. */
@Tag("world")
final class HaproxyOverSshTest extends TrafficDriverContract {
    private static final AppName MACHINES = new AppName("edge-over-ssh");
    private static final RegionName PLACE = new RegionName("edge");
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalNames NAMES = new LocalNames(MACHINES);
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);

    private static AloneOnMachines fleet;
    private static SshConnections connections;
    private static TrafficLayer.Machine machine;
    private static String container;

    @BeforeAll
    static void bootAMachine(@TempDir Path directory) throws Exception {
        LocalDirectory ssh = LocalDirectory.at(directory.resolve("ssh"));
        String key = new KeptDeployKey(ssh).publicKey();
        fleet = new AloneOnMachines(
                new LocalMachines(
                        NAMES,
                        IMAGE,
                        new LocalRegistry(NAMES, IMAGE, DOCKER),
                        () -> UserData.of(MACHINES, "ops", key),
                        DOCKER,
                        LocalDirectory.at(directory.resolve("pinned")),
                        new Ownership(Optional::empty)),
                new Ownership(Optional::empty));
        fleet.destroyAll();
        ReleaseId only = new ReleaseId(1);
        fleet.converge(
                new Region(PLACE, "local", "DE", 1, Optional.empty(), List.of(), Map.of(), List.of()),
                List.of(new ServerSpec(ServerName.of(MACHINES, PLACE, only, 1), only, "000000000001")));
        Server booting = fleet.observe().servers().getFirst();
        container = booting.name().value();
        await("the machine boots", () -> inside("test", "-e", "/run/cloud-init/result.json"));
        String address = docker(
                "inspect",
                "--format",
                "{{(index .NetworkSettings.Networks \"" + NAMES.network(PLACE) + "\").IPAddress}}",
                container);
        Path known = directory.resolve("known_hosts");
        Files.writeString(known, address + " " + booting.hostKey().orElseThrow() + "\n");
        connections = new SshConnections(new SshSettings(
                Optional.empty(),
                List.of(directory.resolve("ssh/id_ed25519")),
                Optional.empty(),
                Optional.empty(),
                List.of(known),
                List.of(),
                SshSettings.USUAL_CONNECTIONS,
                SshSettings.USUAL_WITHIN));
        machine = new TrafficLayer.Machine(SshAddress.parse("ops@" + address), Optional.empty());
    }

    @AfterAll
    static void removeTheMachine() throws InterruptedException {
        connections.close();
        fleet.destroyAll();
    }

    @Override
    protected TrafficDriver newDriver(App app) {
        return new HaproxyTraffic(app, edge(), new SystemTime());
    }

    private static SshEdge edge() {
        return new SshEdge(APP, machine, 80, connections);
    }

    @Override
    protected String originHost() throws InterruptedException {
        return docker(
                "inspect",
                "--format",
                "{{(index .NetworkSettings.Networks \"" + NAMES.network(PLACE) + "\").Gateway}}",
                container);
    }

    @Override
    protected int port() {
        return 80;
    }

    @Override
    protected void restart() throws InterruptedException {
        docker("exec", container, "systemctl", "restart", "haproxy");
    }

    @Test
    void serves_again_after_a_reboot_without_anybody() throws Exception {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("one")));

        docker("restart", container);

        await(
                "it serves",
                () -> send(driver, Optional.empty(), "/", "").server().equals("one"));
        await("it is observed", () -> observed(driver));
    }

    @Test
    void haproxy_that_somebody_else_has_set_up_is_left_as_it_is() throws Exception {
        String theirs =
                "global\n\ndefaults\n  mode http\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\n";
        docker(
                "exec",
                container,
                "sh",
                "-c",
                "printf '" + theirs.replace("\n", "\\n") + "' > /etc/haproxy/haproxy.cfg");
        try {
            TrafficDriver driver = driver(app(Optional.empty()));

            assertThatThrownBy(driver::prepare)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("can't be the edge")
                    .hasMessageContaining("used for something else");

            assertThat(docker("exec", container, "cat", "/etc/haproxy/haproxy.cfg"))
                    .isEqualTo(theirs.strip());
        } finally {
            docker("exec", container, "rm", "/etc/haproxy/haproxy.cfg");
        }
    }

    @Test
    void another_app_joins_and_each_leaves_without_the_other() throws Exception {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("one")));
        App shop = TrafficApp.named(TrafficApp.of(new AppName("shop"), 80, Optional.empty()), "shop.example.com");
        try (HaproxyTraffic other =
                new HaproxyTraffic(shop, new SshEdge(shop.name(), machine, 80, connections), new SystemTime())) {
            assertThat(other.observe()).isEmpty();
            other.destroyAll();
            other.prepare();
            other.apply(new PoolTarget(EU, List.of(at(origin(new ServerName("two")), 100))));
            await("both are there", () -> other.observe(EU).origins().size() == 1 && observed(driver));

            driver.destroyAll();
            assertThat(driver.observe()).isEmpty();
            assertThat(other.observe(EU).origins()).hasSize(1);

            other.destroyAll();
            assertThat(inside("systemctl", "--quiet", "is-active", "haproxy")).isFalse();
        }
    }

    @Test
    void an_app_to_which_an_earlier_version_gave_all_keeps_it_until_it_is_deployed_again() throws Exception {
        docker("exec", container, "sh", "-c", "mkdir -p /etc/haproxy; echo older > /etc/haproxy/meridian-app");
        try {
            assertThatThrownBy(driver(app(Optional.empty()))::prepare)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("gave all of its HAProxy to the app older");
        } finally {
            docker("exec", container, "rm", "/etc/haproxy/meridian-app");
        }
    }

    @Test
    void what_is_destroyed_leaves_no_haproxy_running_and_nothing_of_it() throws Exception {
        TrafficDriver driver = prepared();

        driver.destroyAll();

        assertThat(driver.observe()).isEmpty();
        assertThat(inside("systemctl", "--quiet", "is-active", "haproxy")).isFalse();
        assertThat(docker("exec", container, "ls", "/etc/haproxy")).doesNotContain("haproxy.cfg\n", "meridian");
    }

    /** The machine's sshd may come back later than its HAProxy. */
    private static boolean observed(TrafficDriver driver) throws InterruptedException {
        try {
            return !driver.observe().isEmpty();
        } catch (Failure e) {
            return false;
        }
    }

    private static boolean inside(String... command) throws InterruptedException {
        return DOCKER.run(Command.of("docker", "exec", container).with(command).within(Duration.ofMinutes(1)))
                .succeeded();
    }

    private static String docker(String... arguments) throws InterruptedException {
        return DOCKER.run(Command.of("docker").with(arguments).within(Duration.ofMinutes(2)))
                .expect("docker", "")
                .strip();
    }
}
