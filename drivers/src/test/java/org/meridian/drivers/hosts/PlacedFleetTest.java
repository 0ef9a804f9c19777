package org.meridian.drivers.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.Strategy;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.Ownership;
import org.meridian.testkit.FleetDriverContract;

final class PlacedFleetTest extends FleetDriverContract {
    private static final RegionName EAST = new RegionName("east");
    private static final RegionName WEST = new RegionName("west");
    private static final ReleaseId FIRST = new ReleaseId(1);
    private static final ReleaseId SECOND = new ReleaseId(2);

    private final Path directory;

    private TestMachine one;
    private TestMachine second;
    private FleetDriver fleet;

    PlacedFleetTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void twoMachines() {
        one = new TestMachine(directory, "one");
        second = new TestMachine(directory, "second");
        fleet = fleet(APP, 20_000, 20_099, one, second);
    }

    private FleetDriver fleet(AppName app, int firstPort, int lastPort, TestMachine... machines) {
        return fleet(app, firstPort, lastPort, new Ownership(Optional::empty), machines);
    }

    private FleetDriver fleet(AppName app, int firstPort, int lastPort, Ownership ownership, TestMachine... machines) {
        List<TestMachine> all = List.of(machines);
        Site site = new Site(() -> all.stream().map(TestMachine::machine).toList(), firstPort, lastPort);
        Slots slots = new Slots(new SlotCommands(app, "HOME", "UNITS"), TestMachine.access(List.of(one, second)));
        return new PlacedFleet("hosts", () -> Map.of(EAST, site, WEST, site), slots, new VirtualThreads(), ownership);
    }

    @Override
    protected FleetDriver driver(Ownership ownership) {
        return fleet(APP, 20_000, 20_099, ownership, one, second);
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
    protected void stop(ServerName server) {
        one.stop(server);
    }

    @Override
    protected BooleanSupplier bystander() throws InterruptedException {
        FleetDriver other = fleet(new AppName("bystander"), 20_000, 20_099, one, second);
        other.converge(
                region(EAST), List.of(new ServerSpec(new ServerName("bystander-east-r1-1"), FIRST, "000000000001")));
        return () -> {
            try {
                return other.observe().servers().size() == 1;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    protected void await(String what, Condition condition) throws InterruptedException {
        assertThat(condition.holds()).as(what).isTrue();
    }

    @Test
    void two_releases_on_a_machine_have_different_ports_units_and_places() throws Exception {
        fleet.converge(region(EAST), both());

        assertThat(ports()).containsOnly(20_000, 20_001);
        assertThat(fleet.observe().servers())
                .extracting(server -> server.machine().name().value())
                .containsOnly("ops@one", "ops@second");
        assertThat(names(one.units()))
                .containsExactly("meridian-contract-east-r1-1.service", "meridian-contract-east-r2-1.service");
        assertThat(Files.readString(one.units().resolve("meridian-contract-east-r2-1.service")))
                .contains("ExecStart=" + one.home() + "/contract-east-r2-1/current/start");
    }

    @Test
    void destroying_a_server_stops_its_containers_and_leaves_nothing() throws Exception {
        fleet.converge(region(EAST), both());

        fleet.converge(region(EAST), fleet(EAST, SECOND, 2));

        assertThat(names(one.units())).containsExactly("meridian-contract-east-r2-1.service");
        assertThat(names(one.home())).containsExactly(".lock", "contract-east-r2-1");
        assertThat(one.dockerLog())
                .contains(
                        "ps --all --quiet --filter label=com.docker.compose.project=contract-east-r1-1",
                        "stop c1",
                        "rm --force --volumes c1",
                        "image rm app@sha256:1")
                .noneMatch(line -> line.contains("r2-1"));
    }

    @Test
    void a_marker_that_is_empty_or_cut_off_hides_its_machine_with_its_path_and_no_other() throws Exception {
        fleet.converge(region(EAST), both());
        Path marker = one.home().resolve("contract-east-r1-1/server");
        for (String broken : List.of("", "contract-east-r1-1\tcontract\teast", "x\ty\tz\tq\tw\te", "\0\1\2")) {
            Files.writeString(marker, broken);
            FleetDriver fresh = fleet(APP, 20_000, 20_099, one, second);

            FleetView view = fresh.observe();

            assertThat(view.servers())
                    .extracting(server -> server.name().value())
                    .containsExactly("contract-east-r1-2", "contract-east-r2-2");
            assertThat(view.unseen().getFirst().why().summary())
                    .contains("ops@one", marker.toString().replaceFirst(".*/home", ""));
            assertThatThrownBy(() -> fresh.converge(region(EAST), List.of()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("contract-east-r1-1/server");
        }
    }

    @Test
    void a_marker_of_a_newer_version_with_more_fields_and_lines_is_read() throws Exception {
        fleet.converge(region(EAST), fleet(EAST, FIRST, 1));
        Path marker = one.home().resolve("contract-east-r1-1/server");
        Files.writeString(marker, Files.readString(marker).strip() + "\t\t\tlater\tmore\nand more\n");

        assertThat(fleet.observe().servers()).singleElement().returns(FIRST, Server::release);
    }

    @Test
    void a_broken_marker_of_another_app_is_none_of_its_business() throws Exception {
        fleet.converge(region(EAST), fleet(EAST, FIRST, 1));
        Files.createDirectories(one.home().resolve("other-east-r1-1"));
        Files.writeString(one.home().resolve("other-east-r1-1/server"), "");

        assertThat(fleet.observe().servers()).hasSize(1);
        assertThat(fleet.observe().unseen()).isEmpty();
    }

    @Test
    void a_port_that_was_given_back_is_given_again() throws InterruptedException {
        fleet.converge(region(EAST), both());
        fleet.converge(region(EAST), fleet(EAST, SECOND, 2));
        int freed = 20_000 + 20_001 - port(SECOND, 1);

        fleet.converge(
                region(EAST),
                Stream.concat(fleet(EAST, SECOND, 2).stream(), fleet(EAST, new ReleaseId(3), 2).stream())
                        .toList());

        assertThat(port(new ReleaseId(3), 1)).isEqualTo(freed);
    }

    @Test
    void a_port_that_something_else_listens_on_is_passed_over() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            FleetDriver narrow = fleet(APP, port, port, one, second);

            assertThatThrownBy(() -> narrow.converge(region(EAST), fleet(EAST, FIRST, 1)))
                    .hasMessage("ops@one has no free port from " + port + " to " + port + " for contract-east-r1-1")
                    .satisfies(e -> assertThat(((Failure) e).diagnostic().suggestion())
                            .startsWith("Widen 'ports' of region east"));
        }
    }

    @Test
    void who_claims_at_the_same_time_gets_ports_of_their_own() throws InterruptedException {
        List<ServerSpec> many = IntStream.rangeClosed(1, 12)
                .mapToObj(n -> fleet(EAST, new ReleaseId(n), 1).getFirst())
                .toList();

        fleet.converge(region(EAST), many);

        assertThat(ports()).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void with_fewer_machines_than_servers_some_take_several() throws InterruptedException {
        fleet.converge(region(EAST), fleet(EAST, FIRST, 5));

        assertThat(fleet.observe().servers().stream()
                        .filter(server -> server.machine().name().value().endsWith("@one")))
                .hasSize(3);
    }

    @Test
    void a_machine_that_never_answered_hides_nothing_of_the_others_and_nothing_is_changed_beside_it()
            throws InterruptedException {
        fleet.converge(region(EAST), fleet(EAST, FIRST, 2));
        FleetDriver later = fleet(APP, 20_000, 20_099, one, second);
        second.down(true);

        assertThat(later.observe().servers())
                .extracting(Server::name)
                .containsExactly(ServerName.of(APP, EAST, FIRST, 1));

        assertThat(later.observe().unseen())
                .extracting(part -> part.problem().summary())
                .containsExactly("east: no SSH connection to second", "west: no SSH connection to second");
        second.down(false);
        List<ServerSpec> whatWasSeen = fleet(EAST, FIRST, 1);
        assertThatThrownBy(() -> later.converge(region(EAST), whatWasSeen))
                .as("it is back, and what was decided without it would destroy what it has")
                .hasMessageContaining("no SSH connection to second");
        assertThat(later.observe().servers()).hasSize(2);
        assertThat(later.observe().unseen()).isEmpty();
        later.converge(region(EAST), fleet(EAST, FIRST, 2));
    }

    @Test
    void a_machine_that_does_not_answer_is_no_machine_without_servers() throws InterruptedException {
        fleet.converge(region(EAST), fleet(EAST, FIRST, 2));
        assertThat(fleet.observe().servers()).extracting(Server::state).containsOnly(Server.State.RUNNING);

        second.down(true);

        assertThat(fleet.observe().servers())
                .extracting(Server::state)
                .containsExactly(Server.State.RUNNING, Server.State.UNREACHABLE);
        assertThat(fleet.observe().unseen())
                .as("and it is said that it was not seen")
                .extracting(part -> part.problem().summary())
                .contains("east: no SSH connection to second");
        assertThatThrownBy(() -> fleet.converge(region(EAST), fleet(EAST, FIRST, 2)))
                .hasMessageContaining("no SSH connection to second");
    }

    @Test
    void a_user_who_may_not_become_root_is_told_what_to_do() throws InterruptedException {
        one.answers(1, "sudo: a password is required\n");
        assertThat(fleet.observe().servers()).isEmpty();
        assertThat(whyOneIsNotSeen().summary()).isEqualTo("ops@one: the user that logs in may not become root");
        assertThat(whyOneIsNotSeen().detail()).contains("NOPASSWD:ALL");

        one.answers(127, "bash: line 1: sudo: command not found\n");
        assertThat(fleet.observe().servers()).isEmpty();
        assertThat(whyOneIsNotSeen().suggestion()).isEqualTo("Install sudo there, or log in as root: root@one.");
    }

    private Diagnostic whyOneIsNotSeen() throws InterruptedException {
        return fleet.observe().unseen().getFirst().why();
    }

    @Test
    void a_name_that_is_another_regions_is_not_taken_over() throws InterruptedException {
        ServerSpec spec = new ServerSpec(new ServerName("contract-east-r1-1"), FIRST, "000000000001");
        fleet.converge(region(WEST), List.of(spec));

        assertThatThrownBy(() -> fleet.converge(region(EAST), List.of(spec)))
                .satisfies(e -> assertThat(((Failure) e).diagnostic().detail())
                        .contains("belongs to another server: contract-east-r1-1\tcontract\twest"));
    }

    @Test
    void machines_that_were_made_wait_for_the_next_release_unless_it_brings_its_own() throws InterruptedException {
        List<Integer> wanted = new ArrayList<>();
        List<Set<Machine>> occupied = new ArrayList<>();
        MachineSource made = new MachineSource() {
            @Override
            public List<Machine> machines() {
                return List.of(one.machine(), second.machine());
            }

            @Override
            public void shrink(int machines, Set<Machine> inUse) {
                wanted.add(machines);
                occupied.add(inUse);
            }
        };
        Slots slots = new Slots(new SlotCommands(APP, "HOME", "UNITS"), TestMachine.access(List.of(one, second)));
        FleetDriver placed = new PlacedFleet(
                "local",
                () -> Map.of(EAST, new Site(made, 20_000, 20_099)),
                slots,
                new VirtualThreads(),
                new Ownership(Optional::empty));

        placed.converge(region(EAST).by(Strategy.IN_PLACE), fleet(EAST, FIRST, 1));
        placed.converge(region(EAST).by(Strategy.IN_PLACE), List.of());
        placed.converge(region(EAST), fleet(EAST, FIRST, 1));
        placed.converge(region(EAST), List.of());

        assertThat(wanted).containsExactly(1, 1, 1, 0);
        assertThat(occupied).containsExactly(Set.of(one.machine()), Set.of(), Set.of(one.machine()), Set.of());
    }

    private List<ServerSpec> both() {
        return Stream.concat(fleet(EAST, FIRST, 2).stream(), fleet(EAST, SECOND, 2).stream())
                .toList();
    }

    private List<Integer> ports() throws InterruptedException {
        return fleet.observe().servers().stream()
                .map(server -> server.port().orElseThrow())
                .toList();
    }

    private int port(ReleaseId release, int number) throws InterruptedException {
        ServerName name = ServerName.of(APP, EAST, release, number);
        Optional<Server> found = fleet.observe().servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst();
        return found.orElseThrow().port().orElseThrow();
    }

    private static List<String> names(Path path) {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
