package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.Ownership;

/**
 * What every fleet driver must do. A driver's test extends this, gives it a driver of {@link #APP} with nothing made yet
 * in each test, and removes what was made afterwards.
 */
public abstract class FleetDriverContract {
    /** The app that the driver must be for. */
    protected static final AppName APP = new AppName("contract");

    private static final RegionName EAST = new RegionName("east");
    private static final RegionName WEST = new RegionName("west");
    private static final ReleaseId FIRST = new ReleaseId(1);
    private static final ReleaseId SECOND = new ReleaseId(2);

    /** The driver under test. */
    protected abstract FleetDriver driver();

    /** Another driver for the same app at the same provider, whose state has this identity. */
    protected abstract FleetDriver driver(Ownership ownership);

    /** Where the provider can make servers, as a region's {@code location}. */
    protected abstract String location();

    /** Stops a server behind the driver's back. */
    protected abstract void stop(ServerName server) throws InterruptedException;

    /** Makes something at the provider that is not the app's; the result tells whether it is still there. */
    protected abstract BooleanSupplier bystander() throws InterruptedException;

    /** Waits until the condition holds, and fails if it never does. */
    protected abstract void await(String what, Condition condition) throws InterruptedException;

    /** Something that becomes true. */
    @FunctionalInterface
    public interface Condition {
        /** Whether it is true now. */
        boolean holds() throws InterruptedException;
    }

    @Test
    final void finds_nothing_where_nothing_was_made() throws InterruptedException {
        assertThat(servers()).isEmpty();
    }

    @Test
    final void makes_the_servers_that_are_wanted_with_what_their_tags_tell() throws InterruptedException {
        List<ServerSpec> wanted = fleet(EAST, FIRST, 2);

        driver().converge(region(EAST), wanted);

        assertThat(servers())
                .allSatisfy(server -> assertThat(server.region()).isEqualTo(EAST))
                .allSatisfy(server -> assertThat(server.state()).isEqualTo(Server.State.RUNNING))
                .extracting(ServerSpec::of)
                .containsExactlyInAnyOrderElementsOf(wanted);
        await("every server has an address and a host key", () -> servers().stream()
                .allMatch(server ->
                        server.address().isPresent() && server.hostKey().isPresent()));
        assertThat(servers()).extracting(Server::address).doesNotHaveDuplicates();
        assertThat(servers()).extracting(Server::hostKey).doesNotHaveDuplicates();
    }

    @Test
    final void does_nothing_when_everything_is_as_wanted() throws InterruptedException {
        List<ServerSpec> wanted = fleet(EAST, FIRST, 1);
        driver().converge(region(EAST), wanted);
        await("it has a host key", () -> hostKey(wanted.getFirst()).isPresent());
        Optional<String> before = hostKey(wanted.getFirst());

        driver().converge(region(EAST), wanted);

        assertThat(hostKey(wanted.getFirst())).isEqualTo(before);
    }

    @Test
    final void starts_a_server_that_was_stopped() throws InterruptedException {
        List<ServerSpec> wanted = fleet(EAST, FIRST, 1);
        driver().converge(region(EAST), wanted);
        stop(wanted.getFirst().name());
        assertThat(servers()).extracting(Server::state).containsExactly(Server.State.STOPPED);

        driver().converge(region(EAST), wanted);

        assertThat(servers()).extracting(Server::state).containsExactly(Server.State.RUNNING);
    }

    @Test
    final void keeps_one_release_and_destroys_the_other() throws InterruptedException {
        List<ServerSpec> both =
                List.of(fleet(EAST, FIRST, 1).getFirst(), fleet(EAST, SECOND, 1).getFirst());
        driver().converge(region(EAST), both);

        driver().converge(region(EAST), fleet(EAST, SECOND, 1));

        assertThat(servers()).extracting(Server::release).containsExactly(SECOND);
    }

    @Test
    final void leaves_other_regions_alone() throws InterruptedException {
        driver().converge(region(EAST), fleet(EAST, FIRST, 1));
        driver().converge(region(WEST), fleet(WEST, FIRST, 1));

        driver().converge(region(EAST), List.of());

        assertThat(servers()).extracting(Server::region).containsExactly(WEST);
    }

    @Test
    final void destroys_everything_of_the_app_and_nothing_else() throws InterruptedException {
        BooleanSupplier bystander = bystander();
        driver().converge(region(EAST), fleet(EAST, FIRST, 1));

        driver().destroyAll();
        driver().destroyAll();

        assertThat(servers()).isEmpty();
        assertThat(driver().staying()).as("what stays").isEmpty();
        assertThat(bystander.getAsBoolean()).as("the bystander is still there").isTrue();
    }

    @Test
    final void leaves_alone_what_another_state_made_and_takes_none_of_its_names() throws InterruptedException {
        FleetDriver theirs = driver(ownership("ann@laptop"));
        FleetDriver mine = driver(ownership("bob@ci"));
        try {
            theirs.converge(region(EAST), fleet(EAST, FIRST, 1));

            assertThat(mine.observe().servers()).singleElement().satisfies(server -> assertThat(
                            server.store().orElseThrow().maker())
                    .startsWith("ann"));
            assertThatThrownBy(() -> mine.converge(region(EAST), fleet(EAST, FIRST, 1)))
                    .hasMessageContaining("ann");
            assertThatThrownBy(mine::destroyAll).hasMessageContaining("ann");
            mine.converge(region(EAST), fleet(EAST, SECOND, 1));
            mine.converge(region(EAST), List.of());

            assertThat(theirs.observe().servers())
                    .extracting(Server::release)
                    .as("it neither went nor was it replaced")
                    .containsExactly(FIRST);
        } finally {
            theirs.destroyAll();
        }
    }

    @Test
    final void takes_over_what_was_made_before_servers_were_marked() throws InterruptedException {
        driver(new Ownership(Optional::empty)).converge(region(EAST), fleet(EAST, FIRST, 1));
        FleetDriver mine = driver(ownership("bob@ci"));

        mine.converge(region(EAST), List.of());

        assertThat(mine.observe().servers()).isEmpty();
    }

    private static Ownership ownership(String maker) {
        StoreIdentity identity = StoreIdentity.make(maker);
        return new Ownership(() -> Optional.of(identity));
    }

    /** A region with this name at {@link #location()}. */
    protected final Region region(RegionName name) {
        return new Region(name, driver().provider(), location(), 1, Optional.empty(), List.of(), Map.of(), List.of());
    }

    /** The specs of so many servers. */
    protected static List<ServerSpec> fleet(RegionName region, ReleaseId release, int servers) {
        return IntStream.rangeClosed(1, servers)
                .mapToObj(n -> new ServerSpec(
                        ServerName.of(APP, region, release, n), release, "00000000000" + release.number()))
                .toList();
    }

    /** A look at everything sees everything: no contract test has a part out of reach. */
    private List<Server> servers() throws InterruptedException {
        FleetView view = driver().observe();
        assertThat(view.unseen()).isEmpty();
        return view.servers();
    }

    private Optional<String> hostKey(ServerSpec spec) throws InterruptedException {
        return servers().stream()
                .filter(server -> server.name().equals(spec.name()))
                .findFirst()
                .flatMap(Server::hostKey);
    }
}
