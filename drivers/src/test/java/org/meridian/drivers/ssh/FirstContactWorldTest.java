package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalMachines;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;

/** A first contact with the real sshd, systemd and Docker of a local server, as if it were one in a cloud. */
@Tag("world")
final class FirstContactWorldTest {
    private static final AppName APP = new AppName("contactworld");
    private static final RegionName REGION = new RegionName("here");
    private static final Duration BOOT = Duration.ofMinutes(5);

    private final LocalProcesses docker = new LocalProcesses();

    @Test
    void the_first_host_key_is_replaced_and_containers_are_kept_from_the_metadata(@TempDir Path directory)
            throws Exception {
        LocalNames names = new LocalNames(APP);
        LocalImage image = new LocalImage(LocalImage.userCache(), docker);
        LocalRegistry registry = new LocalRegistry(names, image, docker);
        DeployKey key = new KeptDeployKey(LocalDirectory.at(directory.resolve("ssh")));
        AloneOnMachines fleet = new AloneOnMachines(
                new LocalMachines(
                        names,
                        image,
                        registry,
                        () -> UserData.of(APP, "deploy", key.publicKey()),
                        docker,
                        LocalDirectory.at(directory),
                        new Ownership(Optional::empty)),
                new Ownership(Optional::empty));
        fleet.destroyAll();
        try {
            Server server = made(fleet);
            OwnHostKeys keys =
                    new OwnHostKeys(new DerivedHostKeys(key), region -> true, one -> false, HostKeyPins.NONE);
            try (SshHosts hosts = hosts(key, Optional.of(keys))) {
                hosts.awaitBoot(server, BOOT);

                assertThat(run(hosts, server, "sh", "-c", "ls /etc/ssh/ssh_host_*"))
                        .isEqualToIgnoringNewLines("/etc/ssh/ssh_host_meridian_ed25519_key"
                                + "/etc/ssh/ssh_host_meridian_ed25519_key.pub");
                run(hosts, server, "systemctl", "restart", "ssh");
                hosts.forget(server.name());
                requireKeptFromMetadata(hosts, server);
                run(hosts, server, "systemctl", "restart", "docker");
                requireKeptFromMetadata(hosts, server);
            }
            try (SshHosts former = hosts(key, Optional.empty())) {
                assertThatThrownBy(() -> former.connections().reach(server)).hasMessageContaining("intercepting");
            }
        } finally {
            fleet.destroyAll();
        }
    }

    private static void requireKeptFromMetadata(SshHosts hosts, Server server) throws InterruptedException {
        run(hosts, server, "iptables", "-C", "DOCKER-USER", "-d", "169.254.169.254", "-j", "DROP");
        assertThat(run(hosts, server, "iptables", "-S", "FORWARD")).contains("-A FORWARD -j DOCKER-USER");
        run(hosts, server, "systemctl", "is-active", "--quiet", "meridian-metadata.service");
    }

    private static String run(SshHosts hosts, Server server, String... argv) throws InterruptedException {
        return hosts.connections()
                .to(server)
                .run(Command.of(argv).within(Duration.ofMinutes(2)))
                .expect(String.join(" ", argv), "Look there.");
    }

    private static Server made(AloneOnMachines fleet) throws InterruptedException {
        ReleaseId first = new ReleaseId(1);
        ServerSpec spec = new ServerSpec(ServerName.of(APP, REGION, first, 1), first, "000000000001");
        fleet.converge(
                new Region(REGION, "local", "DE", 1, Optional.empty(), List.of(), Map.of(), List.of()), List.of(spec));
        return fleet.observe().servers().getFirst();
    }

    private static SshHosts hosts(DeployKey key, Optional<OwnHostKeys> keys) {
        return new SshHosts(
                APP,
                new ServerConnections(
                        new SshConnections(PersonalSetup.NONE),
                        "deploy",
                        key,
                        region -> false,
                        keys,
                        Endpoint.SSH_PORT),
                ImageSupply.REGISTRIES,
                LogSettings.USUAL,
                region -> Publishing.TO_THE_NETWORK,
                new SystemTime());
    }
}
