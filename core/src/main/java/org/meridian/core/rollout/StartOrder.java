package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.model.RegionName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * Says how many servers of a rollout pull and start at the same time: as many as the configuration says, over all regions;
 * by default as many of each provider as that bears.
 */
final class StartOrder {
    private final Map<RegionName, Places> places = new HashMap<>();

    private StartOrder() {}

    static StartOrder of(World world, Approval approval, Plan plan, Optional<Integer> asked) {
        requireNonNull(asked, "asked is null");
        StartOrder order = new StartOrder();
        Map<String, Places> shared = new HashMap<>();
        for (RegionPlan region : plan.regions()) {
            OptionalInt atOnce =
                    asked.map(OptionalInt::of).orElseGet(() -> world.fleets().startsAtOnce(region.region()));
            atOnce.ifPresent(bound -> order.places.put(
                    region.name(),
                    shared.computeIfAbsent(
                            asked.isPresent() ? "all" : region.region().provider(),
                            provider ->
                                    new Places(world, approval, bound, servers(plan, asked.isPresent(), provider)))));
        }
        return order;
    }

    private static int servers(Plan plan, boolean all, String provider) {
        return plan.regions().stream()
                .filter(region -> all || region.region().provider().equals(provider))
                .mapToInt(region -> region.toPrepare().size())
                .sum();
    }

    /** Does the work, which takes so long at most, when it is the turn of one more server of the region. */
    void inTurn(RegionName region, Duration each, PhaseClock.Work work) throws InterruptedException {
        Places its = places.get(region);
        if (its == null) {
            work.run();
        } else {
            its.in(each, work);
        }
    }
}
