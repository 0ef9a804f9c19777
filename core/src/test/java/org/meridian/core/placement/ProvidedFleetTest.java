package org.meridian.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.AppName;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.model.StoreMark;
import org.meridian.core.model.Strategy;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.Ownership;

final class ProvidedFleetTest {
    private static final AppName APP = new AppName("shop");
    private static final RegionName EU = new RegionName("eu");
    private static final Region REPLACED =
            new Region(EU, "local", "DE", 2, Optional.empty(), List.of(), Map.of(), List.of());
    private static final Region IN_PLACE = REPLACED.by(Strategy.IN_PLACE);

    private final FakeMachines machines = new FakeMachines();
    private final Ownership ownership = new Ownership(Optional::empty);
    private final StayingMachines staying = new StayingMachines(APP, machines, ownership);
    private final Set<RegionName> seen = new HashSet<>();
    private final ProvidedFleet fleet =
            new ProvidedFleet(machines, ownership, machines.besides(staying), found -> seen.add(found.region()));

    @Test
    void a_release_in_place_makes_machines_once() throws InterruptedException {
        fleet.converge(IN_PLACE, servers(1));
        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2");
        int changes = machines.changes();

        fleet.converge(IN_PLACE, both());

        assertThat(machines.changes()).isEqualTo(changes);
        assertThat(specs()).containsExactlyInAnyOrderElementsOf(both());
    }

    @Test
    void a_region_that_has_machines_is_told_of_though_no_configuration_has_it() throws InterruptedException {
        staying.grow(IN_PLACE, 1);

        assertThat(fleet.observe().servers()).isEmpty();

        assertThat(seen).containsExactly(EU);
    }

    @Test
    void a_machine_is_destroyed_alone_and_made_again_where_it_is_wanted() throws InterruptedException {
        fleet.converge(IN_PLACE, servers(1));

        fleet.discard(IN_PLACE, new MachineName("shop-eu-m1"));
        assertThat(machines.names()).containsExactly("shop-eu-m2");
        fleet.discard(IN_PLACE, new MachineName("shop-eu-m1"));

        fleet.converge(IN_PLACE, servers(1));
        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2");
    }

    @Test
    void servers_stay_where_they_are_when_the_strategy_changes_and_new_ones_go_where_it_says()
            throws InterruptedException {
        fleet.converge(REPLACED, servers(1));

        fleet.converge(IN_PLACE, both());

        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2", "shop-eu-r1-1", "shop-eu-r1-2");
        fleet.converge(IN_PLACE, servers(2));
        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2");

        fleet.converge(
                REPLACED,
                Stream.concat(servers(2).stream(), servers(3).stream()).toList());
        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2", "shop-eu-r3-1", "shop-eu-r3-2");
        fleet.converge(REPLACED, servers(3));
        assertThat(machines.names()).containsExactly("shop-eu-r3-1", "shop-eu-r3-2");
        assertThat(specs()).containsExactlyInAnyOrderElementsOf(servers(3));
    }

    @Test
    void what_can_not_be_seen_is_not_made_a_second_time_elsewhere() throws InterruptedException {
        fleet.converge(IN_PLACE, servers(1));
        machines.hide(new FleetView.Unseen(EU, Diagnostic.of("lost", "shop-eu-m1 does not answer", "Wait.")));

        assertThatThrownBy(() -> fleet.converge(REPLACED, both())).hasMessageContaining("shop-eu-m1");

        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2");
    }

    @Test
    void a_machine_that_was_stopped_is_started() throws InterruptedException {
        fleet.converge(IN_PLACE, servers(1));
        machines.stop("shop-eu-m2");

        staying.grow(IN_PLACE, 2);

        assertThat(staying.in(EU)).allMatch(found -> found.state() == org.meridian.core.model.Server.State.RUNNING);
    }

    @Test
    void surplus_machines_go_from_the_end_but_for_the_occupied_ones() throws InterruptedException {
        staying.grow(IN_PLACE, 12);

        staying.shrink(IN_PLACE, 10, Set.of(new MachineName("shop-eu-m12")));

        assertThat(staying.in(EU))
                .extracting(found -> found.label())
                .doesNotContain("shop-eu-m10", "shop-eu-m11")
                .hasSize(10);
        staying.grow(IN_PLACE, 11);
        assertThat(staying.in(EU)).extracting(found -> found.label()).contains("shop-eu-m10");
    }

    @Test
    void machines_of_another_state_are_left_alone() throws InterruptedException {
        machines.markedAs(new StoreMark(UUID.randomUUID(), "ann@laptop"));
        fleet.converge(IN_PLACE, servers(1));
        StoreIdentity mine = StoreIdentity.make("bob@ci");
        Ownership bobs = new Ownership(() -> Optional.of(mine));

        new StayingMachines(APP, machines, bobs).shrink(IN_PLACE, 0, Set.of());

        assertThat(machines.names()).containsExactly("shop-eu-m1", "shop-eu-m2");
    }

    @Test
    void machines_that_stay_are_what_is_left_when_no_server_is() throws InterruptedException {
        staying.grow(IN_PLACE, 1);

        assertThat(fleet.staying()).containsExactly("the machine shop-eu-m1");
        fleet.destroyAll();
        assertThat(fleet.staying()).isEmpty();
    }

    private List<ServerSpec> specs() throws InterruptedException {
        return fleet.observe().servers().stream().map(ServerSpec::of).toList();
    }

    private static List<ServerSpec> both() {
        return Stream.concat(servers(1).stream(), servers(2).stream()).toList();
    }

    private static List<ServerSpec> servers(int release) {
        ReleaseId id = new ReleaseId(release);
        return Stream.of(1, 2)
                .map(n -> new ServerSpec(ServerName.of(APP, EU, id, n), id, "revision" + release))
                .toList();
    }
}
