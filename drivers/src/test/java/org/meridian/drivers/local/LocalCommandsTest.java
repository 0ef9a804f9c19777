package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.drivers.command.Command;

final class LocalCommandsTest {
    private static final LocalNames NAMES = new LocalNames(new AppName("journal"));
    private static final RegionName EU = new RegionName("eu-west");
    private static final ServerName SERVER = new ServerName("journal-eu-west-r3-1");
    private static final MachineName MACHINE = new MachineName(SERVER.value());
    private static final MachineSpec SPEC = MachineSpec.alone(new ServerSpec(SERVER, new ReleaseId(3), "0123456789ab"));
    private static final StoreMark MARK =
            new StoreMark(UUID.fromString("0b1f6e0e-6f0e-4c5e-9d53-0f8e5a1c2b3d"), "ann@laptop");

    @Test
    void creates_a_server_that_is_a_whole_machine() {
        Command create = new MachineCommands(NAMES)
                .create(
                        region("1cpu-512mb"),
                        SPEC,
                        Optional.of(MARK),
                        "meridian-machine:abc",
                        "meridian-journal-registry",
                        "40000");

        assertThat(create)
                .hasToString("docker create --name journal-eu-west-r3-1 --hostname journal-eu-west-r3-1"
                        + " --network meridian-journal-eu-west --restart unless-stopped"
                        + " --cap-add ALL --cap-drop SYS_RESOURCE"
                        + " --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
                        + " --security-opt systempaths=unconfined --cgroupns private"
                        + " --tmpfs /run --tmpfs /run/lock --tmpfs /tmp --volume /var/lib/docker"
                        + " --stop-signal SIGRTMIN+3 --stop-timeout 30 --env container=docker"
                        + " --env MERIDIAN_REGISTRY=meridian-journal-registry:5000"
                        + " --env MERIDIAN_REGISTRY_PORT=40000 --cpu-shares 32 --cpus 1 --memory 512m"
                        + " --label dev.meridian.app=journal --label dev.meridian.role=server"
                        + " --label dev.meridian.region=eu-west --label dev.meridian.release=r3"
                        + " --label dev.meridian.revision=0123456789ab"
                        + " --label dev.meridian.server=journal-eu-west-r3-1"
                        + " --label dev.meridian.store=0b1f6e0e-6f0e-4c5e-9d53-0f8e5a1c2b3d"
                        + " --label dev.meridian.store-maker=ann@laptop meridian-machine:abc server");
    }

    @Test
    void publishes_no_port_of_a_server() {
        assertThat(new MachineCommands(NAMES)
                        .create(region("1cpu-512mb"), SPEC, Optional.empty(), "image", "registry", "1")
                        .argv())
                .doesNotContain("--publish", "-p", "-P", "--privileged");
    }

    @Test
    void puts_user_data_and_identity_where_cloud_init_looks() {
        Command seed = MachineCommands.seed(MACHINE, new UserData("#cloud-config\n"));

        assertThat(seed).hasToString("docker cp - journal-eu-west-r3-1:/var/lib/cloud/seed/nocloud");
        assertThat(seed.input().map(Secret::reveal).orElseThrow())
                .contains("user-data", "#cloud-config\n", "meta-data", "instance-id: journal-eu-west-r3-1\n");
    }

    @Test
    void lists_machines_by_label_alone() {
        assertThat(new MachineCommands(NAMES).list())
                .hasToString("docker ps --all --quiet --no-trunc --filter label=dev.meridian.app=journal"
                        + " --filter label=dev.meridian.role=server");
    }

    @Test
    void a_machine_that_outlives_releases_bears_the_label_of_none() {
        MachineSpec staying = MachineSpec.staying(new MachineName("journal-eu-west-m1"));

        assertThat(new MachineCommands(NAMES)
                        .create(region("1cpu-512mb"), staying, Optional.empty(), "image", "registry", "1")
                        .argv())
                .contains("dev.meridian.server=journal-eu-west-m1")
                .noneMatch(word -> word.startsWith("dev.meridian.release") || word.startsWith("dev.meridian.revision"));
        assertThat(LocalMachine.parse("id1\trunning\tjournal-eu-west-m1\t\t\teu-west\t172.18.0.2\t\t")
                        .spec())
                .isEqualTo(staying);
    }

    @Test
    void removes_a_container_with_its_volumes() {
        assertThat(MachineCommands.remove(List.of("a", "b"))).hasToString("docker rm --force --volumes a b");
    }

    @Test
    void publishes_the_registry_on_the_loopback_address_only() {
        assertThat(new RegistryCommands(NAMES).run("meridian-machine:abc", 40000))
                .hasToString("docker run --detach --name meridian-journal-registry --hostname meridian-journal-registry"
                        + " --restart unless-stopped --publish 127.0.0.1:40000:5000 --volume /var/lib/registry"
                        + " --label dev.meridian.app=journal --label dev.meridian.role=registry"
                        + " meridian-machine:abc registry");
    }

    @Test
    void moves_images_by_id_and_name() {
        ImageReference name = ImageReference.parse("127.0.0.1:40000/journal:v2-abc");

        assertThat(RegistryCommands.tag("sha256:abc", name))
                .hasToString("docker tag sha256:abc 127.0.0.1:40000/journal:v2-abc");
        assertThat(RegistryCommands.push(name)).hasToString("docker push --quiet 127.0.0.1:40000/journal:v2-abc");
        assertThat(RegistryCommands.untag(name)).hasToString("docker rmi --no-prune 127.0.0.1:40000/journal:v2-abc");
    }

    @Test
    void labels_the_network_of_a_region() {
        assertThat(new NetworkCommands(NAMES).create(EU))
                .hasToString("docker network create --label dev.meridian.app=journal"
                        + " --label dev.meridian.role=network --label dev.meridian.region=eu-west"
                        + " meridian-journal-eu-west");
    }

    @Test
    void reads_what_docker_says_of_a_server() {
        LocalMachine server =
                LocalMachine.parse("id1\trunning\tjournal-eu-west-r3-1\tr3\t0123456789ab\teu-west\t172.18.0.2\t"
                        + MARK.store() + "\tann@laptop");

        assertThat(server.seen(Optional.of("key")).server())
                .contains(new Server(
                                SERVER,
                                EU,
                                new ReleaseId(3),
                                "0123456789ab",
                                Optional.of("172.18.0.2"),
                                Optional.of("key"),
                                Server.State.RUNNING)
                        .from(Optional.of(MARK)));
    }

    @Test
    void names_a_container_whose_labels_are_of_no_server() {
        assertThatThrownBy(() -> LocalMachine.parse("id1\trunning\t\tr3\tab\teu-west\t\t\t"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("id1");
    }

    @Test
    void counts_what_was_never_started_as_half_made() {
        LocalMachine created = LocalMachine.parse("id1\tcreated\tjournal-eu-west-r3-1\tr3\tab\teu-west\t\t\t");

        assertThat(created.whole()).isFalse();
        assertThat(created.address()).isEmpty();
    }

    @Test
    void refuses_a_size_of_another_provider() {
        assertThatThrownBy(() -> ServerSize.of(region("t3.small")))
                .isInstanceOf(Failure.class)
                .hasMessage("regions.eu-west.size is 't3.small', which is not a local size");
    }

    private static Region region(String size) {
        return new Region(EU, "local", "DE", 1, Optional.of(size), List.of(), Map.of(), List.of());
    }
}
