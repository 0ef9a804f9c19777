package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.TrafficDriver;

/** A traffic layer that has something to change elsewhere, such as records in DNS, though the release serves everywhere. */
class PendingAtTrafficTest {
    private static final DeployRequest ALL = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false);
    private static final String ADDS = "DNS: adds the record A 203.0.113.5";

    private final List<String> pending = new ArrayList<>(List.of(ADDS));

    @Test
    void aDeployWithNothingElseToDoStillSaysAndDoesIt() throws Exception {
        Story story = Story.withFirstRelease(91);
        Workspace workspace = withPending(story.world.workspace());

        new Deploy(workspace).plan(ALL);
        assertThat(notes(story)).containsExactly(ADDS);
        assertThat(pending).as("a plan changes nothing").containsExactly(ADDS);

        Receipt receipt = new Deploy(workspace).run(ALL, plan -> true);

        assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.UNCHANGED);
        assertThat(pending).isEmpty();
        assertThat(notes(story)).containsExactly(ADDS, ADDS);
    }

    private static List<String> notes(Story story) {
        return story.world.events().stream()
                .filter(RolloutEvent.Note.class::isInstance)
                .map(event -> ((RolloutEvent.Note) event).text())
                .filter(text -> text.startsWith("DNS"))
                .toList();
    }

    private Workspace withPending(Workspace workspace) {
        World world = workspace.world();
        World with = new World(
                world.fleets(),
                world.hosts(),
                withPending(world.traffic()),
                world.metrics(),
                world.prober(),
                world.hooks(),
                world.time(),
                world.tasks(),
                world.events());
        return new Workspace(
                workspace.app(), with, workspace.state(), workspace.registry(), workspace.secrets(), workspace.who());
    }

    private TrafficDriver withPending(TrafficDriver traffic) {
        return (TrafficDriver) Proxy.newProxyInstance(
                TrafficDriver.class.getClassLoader(),
                new Class<?>[] {TrafficDriver.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("pending")) {
                        return List.copyOf(pending);
                    }
                    if (method.getName().equals("prepare")) {
                        pending.clear();
                    }
                    try {
                        return method.invoke(traffic, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
