package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.Story.R1;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.MachineRequest;
import org.meridian.core.operation.MachineWork;
import org.meridian.core.operation.SeenMachine;

/** Work on machines one after another, while the others serve: the world's invariants hold at each event. */
class MachineWorkTest {
    private static final MachineRequest ALL = new MachineRequest(List.of(), Optional.empty(), false);

    @Test
    void allMachinesRebootOneAfterAnotherThePrimaryLast() throws Exception {
        Story story = Story.withFirstRelease(1);
        int events = story.world.events().size();

        story.machines().reboot(ALL, machines -> true);

        List<String> booted = acts(story, Act.Kind.REBOOT, events);
        assertThat(booted).hasSize(6);
        assertThat(booted.subList(4, 6)).containsExactly("journal-eu-r1-1", "journal-eu-r1-2");
        assertThat(weights(story)).isEqualTo(200);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aMachineHasNoUsersWhileItReboots() throws Exception {
        Story story = Story.withFirstRelease(2);

        story.machines().drain(only("journal-eu-r1-1"), machines -> true);
        assertThat(machine(story, "journal-eu-r1-1").servers())
                .allMatch(server -> !server.weight().serving());
        assertThat(weights(story)).isEqualTo(100);

        story.machines().undrain(only("journal-eu-r1-1"), machines -> true);
        assertThat(weights(story)).isEqualTo(200);
    }

    @Test
    void aDrainedMachineIsBackInTrafficWithTheNextScaling() throws Exception {
        Story story = Story.withFirstRelease(3);
        story.machines().drain(only("journal-eu-r1-2"), machines -> true);

        story.scale(Map.of());

        assertThat(weights(story)).isEqualTo(200);
    }

    @Test
    void aRegionNeverHasFewerServersWhileItsMachinesAreReplaced() throws Exception {
        Story story = Story.withFirstRelease(4);
        MachineRequest eu = new MachineRequest(List.of(), Optional.of(EU), false);
        Set<String> before = addresses(story);

        new MachineWork(story.world.workspace()).replace(eu, machines -> true);

        assertThat(acts(story, Act.Kind.DISCARD, 0)).containsExactly("journal-eu-r1-1", "journal-eu-r1-2");
        assertThat(addresses(story)).hasSize(6).doesNotContainAnyElementsOf(inEu(before, story));
        assertThat(weights(story)).isEqualTo(200);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aMachineThatDiedIsReplaced() throws Exception {
        Story story = Story.withFirstRelease(5);
        requireNonNull(story.world.servers.get(new ServerName("journal-eu-r1-1")))
                .die(story.world.scheduler.nanos());

        story.machines().replace(only("journal-eu-r1-1"), machines -> true);

        assertThat(weights(story)).isEqualTo(200);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aSingletonWorkerLeavesItsMachineBeforeThatReboots() throws Exception {
        Story story = new Story(Shape.threeRegions(2).working().app(), 6);
        story.deploy(1);
        int events = story.world.events().size();

        story.machines().reboot(new MachineRequest(List.of(), Optional.of(EU), false), machines -> true);

        List<RolloutEvent> handedOver = story.world.events().stream()
                .skip(events)
                .filter(RolloutEvent.HandedOver.class::isInstance)
                .toList();
        assertThat(handedOver).isNotEmpty();
        assertThat(story.world.servers.values())
                .filteredOn(server -> server.region.equals(EU))
                .anyMatch(server -> !server.workers.isEmpty());
    }

    @Test
    void theLastOneThatServesIsLeftAloneUnlessDowntimeIsWanted() throws Exception {
        Story story = new Story(
                new Shape(
                                List.of(1),
                                true,
                                Optional.empty(),
                                OnFailure.ROLLBACK_ALL,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(15),
                                false,
                                false)
                        .app(),
                7);
        story.deploy(1);
        MachineRequest one = only("journal-eu-r1-1");

        assertThatThrownBy(() -> story.machines().reboot(one, machines -> true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no other machine could answer users");
        assertThat(acts(story, Act.Kind.REBOOT, 0)).isEmpty();
    }

    @Test
    void anUnknownMachineIsNamedBesideThoseThereAre() throws Exception {
        Story story = Story.withFirstRelease(8);

        assertThatThrownBy(() -> story.machines().drain(only("lab-9"), machines -> true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there is no machine lab-9");
    }

    @Test
    void nothingIsDoneWhileARolloutHasNotEnded() throws Exception {
        Story story = Story.withFirstRelease(9);
        story.world.crashAfter(60);
        assertThatThrownBy(() -> story.deploy(2)).isInstanceOf(SimulatedCrash.class);
        story.world.revive();

        assertThatThrownBy(() -> story.machines().reboot(ALL, machines -> true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("did not end");
    }

    private static MachineRequest only(String name) {
        return new MachineRequest(List.of(name), Optional.empty(), false);
    }

    private static SeenMachine machine(Story story, String name) throws InterruptedException {
        return story.machines().list().stream()
                .filter(machine -> machine.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The sum of the weights in the primary region. */
    private static int weights(Story story) {
        try {
            return story.machines().list().stream()
                    .filter(machine -> machine.region().equals(EU))
                    .flatMap(machine -> machine.servers().stream())
                    .mapToInt(server -> server.weight().percent())
                    .sum();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> addresses(Story story) {
        return Set.copyOf(story.world.servers.values().stream()
                .map(server -> server.region + " " + server.address)
                .toList());
    }

    private static List<String> inEu(Set<String> addresses, Story story) {
        RegionName primary = story.world.app.primary();
        return addresses.stream()
                .filter(address -> address.startsWith(primary + " "))
                .toList();
    }

    /** The servers that something was begun with, in order. */
    private static List<String> acts(Story story, Act.Kind kind, int since) {
        return story.world.events().stream()
                .skip(since)
                .filter(RolloutEvent.Journalled.class::isInstance)
                .map(event -> ((RolloutEvent.Journalled) event).entry())
                .filter(entry -> entry.state() == JournalEntry.State.INTENDED
                        && entry.act().kind() == kind)
                .map(entry -> entry.act().detail())
                .toList();
    }
}
