package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;

/**
 * The releases that a rollout must leave in place.
 *
 * @param from   the release to go back to; empty for the first rollout
 * @param former what each region's users had before the rollout began, where that may differ from {@code from}: regions
 *               can be deployed one by one
 * @param servers how many servers of the release that is rolled out took a region's traffic before; without regions that
 *               had another release or none
 * @param kept   per region a release beside those whose warm servers stay untouched; what is not needed may go elsewhere
 */
public record Past(
        Optional<ReleaseId> from,
        Map<RegionName, ReleaseId> former,
        Map<RegionName, Integer> servers,
        Map<RegionName, ReleaseId> kept) {
    /** There was nothing before. */
    public static final Past NONE = new Past(Optional.empty(), Map.of(), Map.of(), Map.of());

    /** Copies the maps. */
    public Past {
        requireNonNull(from, "from is null");
        former = Map.copyOf(former);
        servers = Map.copyOf(servers);
        kept = Map.copyOf(kept);
    }

    /** What a region's users had before; empty when they had nothing. */
    Optional<ReleaseId> had(RegionName region) {
        return Optional.ofNullable(former.get(region));
    }

    /** How many servers of the release that is rolled out took a region's traffic before; 0 for none. */
    int servers(RegionName region) {
        return servers.getOrDefault(region, 0);
    }

    /** Whether a region would go back to that release: to what it had, or to what the others have. */
    boolean goesBackTo(RegionName region, ReleaseId release) {
        return had(region).or(() -> from).equals(Optional.of(release));
    }

    /** Whether a region's warm servers of that release stay untouched. */
    boolean keeps(RegionName region, ReleaseId release) {
        return release.equals(kept.get(region));
    }
}
