package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.Server;
import org.meridian.core.operation.Adopt;
import org.meridian.core.operation.Bake;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.Destroy;
import org.meridian.core.operation.Orphans;
import org.meridian.core.operation.Retire;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Ownership;

/** Two states, each on a laptop of its own, and one fleet: what one made, the other leaves alone. */
class TwoStoresTest {
    private static final DeployRequest ALL = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), true);

    @Test
    void anotherStateChangesNothingAndSaysWhoseTheServersAre() throws Exception {
        Story story = Story.withFirstRelease(81);
        story.deploy(2);
        Workspace other = story.world.elsewhere();
        int before = story.world.effects();

        assertRefused(() -> new Deploy(other).run(ALL, plan -> true));
        assertRefused(() -> new Deploy(other).plan(ALL));
        assertRefused(() -> new RollBack(other).run(new RollBackRequest(Optional.empty(), false), plan -> true));
        assertRefused(() -> new Retire(other).run());
        assertRefused(() -> new Retire(other).orphans());
        assertRefused(() -> new Bake(other).run());
        assertRefused(() -> new Destroy(other).run(Accessories.NONE, Set.of()));
        assertThat(Orphans.find(other)).as("they are not for it to remove").isEmpty();

        assertThat(story.world.effects()).isEqualTo(before);
        story.requireServing(R2, Optional.of(R1));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 20, 40, 80})
    void aFleetBeingPreparedIsNotSupersededForAnotherState(int instants) throws Exception {
        Story story = Story.withFirstRelease(82);
        story.world.crashAfter(instants);
        story.world.publish(2);
        assertThatThrownBy(() -> story.deploy(2)).isInstanceOf(SimulatedCrash.class);
        int before = story.world.effects();

        assertRefused(() -> new Deploy(story.world.elsewhere()).run(ALL, plan -> true));

        assertThat(story.world.effects()).isEqualTo(before);
        story.world.crashAfter(Deployer.NEVER);
        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);
    }

    @Test
    void theServersOfAStateThatIsLostAreTakenOver() throws Exception {
        Story story = Story.withFirstRelease(83);
        Workspace other = story.world.elsewhere();
        UUID lost = other.world()
                .fleets()
                .observe()
                .servers()
                .getFirst()
                .store()
                .orElseThrow()
                .store();
        assertThatThrownBy(() -> new Adopt(other).run(UUID.randomUUID())).hasMessageContaining("no server of the app");

        new Adopt(other).run(lost);

        assertThat(new Ownership(other.state()::identity)
                        .foreign(other.world().fleets().observe().servers()))
                .isEmpty();
        assertThat(new Deploy(other).plan(ALL).regions()).isNotEmpty();
        assertThat(other.state().audit(1)).singleElement().returns("adopt", entry -> entry.action());
    }

    @Test
    void serversMadeBeforeThereWereMarksAreItsOwn() throws Exception {
        Story story = Story.withFirstRelease(84);
        Ownership mine = new Ownership(story.world.elsewhere().state()::identity);

        assertThat(mine.foreign(story.world.workspace().world().fleets().observe().servers().stream()
                        .map(server -> server.from(Optional.empty()))
                        .toList()))
                .extracting(Server::name)
                .isEmpty();
    }

    private static void assertRefused(ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.diagnostic().code()).isEqualTo(Ownership.FOREIGN);
            assertThat(failure.diagnostic().summary()).contains("deployer-1");
            assertThat(failure.diagnostic().suggestion()).contains("meridian adopt");
        });
    }
}
