package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.testkit.FleetDriverContract;

/** The local fleet on a real Docker Engine. */
@Tag("world")
final class LocalFleetTest extends FleetDriverContract {
    private static final RegionName NORTH = new RegionName("north");
    private static final String BYSTANDER = "contract-bystander";
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalNames NAMES = new LocalNames(APP);

    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);
    private final AloneOnMachines fleet = driver(new Ownership(Optional::empty));

    @Override
    protected AloneOnMachines driver(Ownership ownership) {
        return new AloneOnMachines(
                new LocalMachines(
                        NAMES,
                        IMAGE,
                        new LocalRegistry(NAMES, IMAGE, DOCKER),
                        () -> UserData.of(
                                APP,
                                "deploy",
                                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA+oSfsvJpwAh5W6I3ENPiDBCSXCVEJlMDvC/ufLJyB7"),
                        DOCKER,
                        LocalDirectory.at(Path.of(
                                "target", "host-keys-" + ProcessHandle.current().pid())),
                        ownership),
                ownership);
    }

    @AfterEach
    void removeEverything() throws InterruptedException {
        fleet.destroyAll();
    }

    @AfterAll
    static void removeBystander() throws InterruptedException {
        DOCKER.run(Command.of("docker", "rm", "--force", BYSTANDER));
    }

    @Override
    protected FleetDriver driver() {
        return fleet;
    }

    @Override
    protected String location() {
        return "DE";
    }

    @Override
    protected void stop(ServerName server) throws InterruptedException {
        DOCKER.run(Command.of("docker", "kill", server.value())).expect("stopping", "");
    }

    @Override
    protected BooleanSupplier bystander() throws InterruptedException {
        create(BYSTANDER);
        return () -> {
            try {
                return DOCKER.run(Command.of("docker", "container", "inspect", BYSTANDER))
                        .succeeded();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Override
    protected void await(String what, Condition condition) throws InterruptedException {
        long giveUp = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(giveUp);
        }
    }

    @Test
    void makes_a_server_again_that_a_killed_run_left_half_made() throws InterruptedException {
        ServerSpec spec = fleet(NORTH, new ReleaseId(1), 1).getFirst();
        new LocalNetworks(NAMES, DOCKER).ensure(NORTH);
        DOCKER.run(new MachineCommands(NAMES)
                        .create(
                                region(NORTH),
                                MachineSpec.alone(spec),
                                Optional.empty(),
                                IMAGE.reference(),
                                "registry",
                                "5000"))
                .expect("creating", "");

        fleet.converge(region(NORTH), List.of(spec));

        await("it booted with its user data", () -> DOCKER.run(
                        Command.of("docker", "exec", spec.name().value(), "id", "deploy"))
                .succeeded());
    }

    @Test
    void refuses_a_name_that_something_else_has() throws InterruptedException {
        ServerSpec spec = fleet(NORTH, new ReleaseId(7), 1).getFirst();
        create(spec.name().value());
        try {
            assertThatThrownBy(() -> fleet.converge(region(NORTH), List.of(spec)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("a container named contract-north-r7-1 exists");
            fleet.destroyAll();
            assertThat(DOCKER.run(Command.of("docker", "inspect", spec.name().value()))
                            .succeeded())
                    .isTrue();
        } finally {
            DOCKER.run(Command.of("docker", "rm", "--force", spec.name().value()));
        }
    }

    @Test
    void names_the_key_of_a_network_that_is_not_there() {
        Region region =
                new Region(NORTH, "local", "DE", 1, Optional.empty(), List.of("no-such-network"), Map.of(), List.of());

        assertThatThrownBy(() -> fleet.converge(region, fleet(NORTH, new ReleaseId(1), 1)))
                .hasMessageContaining("regions.north.networks names 'no-such-network'")
                .satisfies(e -> assertThat(((Failure) e).kind()).isEqualTo(Failure.Kind.USAGE));
    }

    @Test
    void knows_no_address_while_a_server_is_cut_off() throws InterruptedException {
        ServerSpec spec = fleet(NORTH, new ReleaseId(1), 1).getFirst();
        fleet.converge(region(NORTH), List.of(spec));

        DOCKER.run(NetworkCommands.disconnect(NAMES.network(NORTH), spec.name().value()))
                .expect("cutting", "");

        assertThat(fleet.observe().servers()).extracting(Server::address).containsExactly(Optional.empty());
    }

    private static void create(String name) throws InterruptedException {
        DOCKER.run(Command.of("docker", "create", "--name", name, IMAGE.reference(), "server"))
                .expect("creating", "");
    }
}
