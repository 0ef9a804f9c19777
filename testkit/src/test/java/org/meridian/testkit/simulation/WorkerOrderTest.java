package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt;

/** When workers start, seen from the traffic of all regions. */
class WorkerOrderTest {
    @Test
    void noRegionsTrafficWaitsForTheWorkersOfAnotherWhereUsersGoBack() throws Exception {
        Story story = new Story(Shape.threeRegions(1).working().app(), 1);
        story.deploy(1);
        story.deploy(2);
        int before = story.world.events().size();

        story.rollBack();

        requireTrafficFirst(story, before);
    }

    @Test
    void norWhereAReleaseThatFailedIsPutBack() throws Exception {
        Story story = new Story(Shape.threeRegions(1).working().app(), 1);
        story.deploy(1);
        story.world.failsUnderTraffic(Story.R2);
        int before = story.world.events().size();

        Receipt receipt = story.deploy(2);

        assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.ROLLED_BACK);
        List<RolloutEvent> events = story.world.events();
        int trafficIsBack = last(
                events,
                event -> event instanceof RolloutEvent.PhaseEnded ended && ended.phase() == RolloutEvent.Phase.REVERT);
        assertThat(handedBack(events, before)).isNotEmpty().allSatisfy(place -> assertThat(place)
                .isGreaterThan(trafficIsBack));
    }

    private static void requireTrafficFirst(Story story, int before) {
        List<RolloutEvent> events = story.world.events();
        int lastShift = last(events, RolloutEvent.Shifted.class::isInstance);
        assertThat(handedBack(events, before)).hasSize(3).allSatisfy(place -> assertThat(place)
                .isGreaterThan(lastShift));
    }

    /** Where the first release's workers were started again. */
    private static List<Integer> handedBack(List<RolloutEvent> events, int before) {
        return IntStream.range(before, events.size())
                .filter(i -> events.get(i) instanceof RolloutEvent.HandedOver handedOver
                        && handedOver.release().equals(Story.R1))
                .boxed()
                .toList();
    }

    private static int last(List<RolloutEvent> events, Predicate<RolloutEvent> which) {
        return IntStream.range(0, events.size())
                .filter(i -> which.test(events.get(i)))
                .max()
                .orElseThrow();
    }
}
