package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;

/**
 * Everything that a rollout will do, as data: it can be printed, saved and compared.
 *
 * @param kind        what was asked for
 * @param target      the release that shall serve
 * @param from        the release that serves now and is gone back to on failure; empty for the first
 * @param primary     the region that moves last
 * @param regions     what happens in each region
 * @param waves       the regions whose traffic moves, wave by wave
 * @param beforeShift the command before any traffic moves, as an argv; empty for none
 * @param releaseCommand the command before anything of the target starts, as an argv; empty for none
 * @param overridden  what the Compose file sets and servers have from elsewhere
 */
public record Plan(
        RolloutRecord.Kind kind,
        Release target,
        Optional<ReleaseId> from,
        RegionName primary,
        List<RegionPlan> regions,
        List<List<RegionName>> waves,
        Optional<List<String>> beforeShift,
        Optional<List<String>> releaseCommand,
        List<Overridden> overridden) {
    /** Copies the lists. */
    public Plan {
        requireNonNull(kind, "kind is null");
        requireNonNull(target, "target is null");
        requireNonNull(from, "from is null");
        requireNonNull(primary, "primary is null");
        regions = List.copyOf(regions);
        waves = waves.stream().map(List::copyOf).toList();
        beforeShift = beforeShift.map(List::copyOf);
        releaseCommand = releaseCommand.map(List::copyOf);
        overridden = List.copyOf(overridden);
    }

    /** One without a release command, of which nothing is known that the Compose file sets and servers have from elsewhere. */
    public Plan(
            RolloutRecord.Kind kind,
            Release target,
            Optional<ReleaseId> from,
            RegionName primary,
            List<RegionPlan> regions,
            List<List<RegionName>> waves,
            Optional<List<String>> beforeShift) {
        this(kind, target, from, primary, regions, waves, beforeShift, Optional.empty(), List.of());
    }

    /** The same plan, which says what the Compose file sets and servers have from elsewhere. */
    public Plan overriding(List<Overridden> found) {
        return new Plan(kind, target, from, primary, regions, waves, beforeShift, releaseCommand, found);
    }

    /** The same plan, whose release command has run already. */
    public Plan released() {
        return new Plan(kind, target, from, primary, regions, waves, beforeShift, Optional.empty(), overridden);
    }

    /** Whether a former release is put back. */
    public boolean rollsBack() {
        return kind == RolloutRecord.Kind.ROLLBACK;
    }

    /** Whether the release that serves gets more servers, or fewer. */
    public boolean scales() {
        return kind == RolloutRecord.Kind.SCALE;
    }

    /** Whether a region's users had the target already, so that there nothing is put back on failure. */
    public boolean repairs(RegionPlan region) {
        return region.former().equals(Optional.of(target.id()));
    }

    /** What each region's users had before; without those that had nothing. */
    public Map<RegionName, ReleaseId> former() {
        Map<RegionName, ReleaseId> former = new HashMap<>();
        regions.forEach(region -> region.former().ifPresent(release -> former.put(region.name(), release)));
        return former;
    }

    /** How many servers of the target took each region's traffic before; without those that had none. */
    public Map<RegionName, Integer> servers() {
        Map<RegionName, Integer> servers = new HashMap<>();
        regions.stream()
                .filter(region -> region.before() > 0)
                .forEach(region -> servers.put(region.name(), region.before()));
        return servers;
    }

    /** The target's workers that run in a region, by name. */
    public List<String> workers(RegionName region) {
        return target.content().work().workers().entrySet().stream()
                .filter(worker -> worker.getValue().runsIn(region))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Whether there is nothing to do. */
    public boolean unchanged() {
        return regions.stream().allMatch(RegionPlan::unchanged);
    }

    /** Whether the plan says something of a region. */
    public boolean covers(RegionName name) {
        return regions.stream().anyMatch(region -> region.name().equals(name));
    }

    /** What happens in a region; throws IllegalArgumentException when the plan does not cover it. */
    public RegionPlan region(RegionName name) {
        return regions.stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan does not cover " + name));
    }
}
