package org.meridian.core.operation;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Duties;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Past;

/**
 * What is remembered of releases and rollouts, beside what was found.
 *
 * @param releases every release, oldest first
 * @param rollouts every rollout, oldest first
 */
record History(List<Release> releases, List<RolloutRecord> rollouts) {
    private static final Set<Outcome> UNFINISHED = EnumSet.of(Outcome.RUNNING, Outcome.FAILED, Outcome.PAUSED);

    History {
        releases = List.copyOf(releases);
        rollouts = List.copyOf(rollouts);
    }

    /** The rollout that neither ended nor was put back, if the last one did not. */
    Optional<RolloutRecord> interrupted() {
        return last().filter(rollout -> UNFINISHED.contains(rollout.outcome()));
    }

    /** The last rollout. */
    Optional<RolloutRecord> last() {
        return rollouts.isEmpty() ? Optional.empty() : Optional.of(rollouts.getLast());
    }

    /** The last rollout that ended well. */
    Optional<RolloutRecord> lastDone() {
        return rollouts.reversed().stream()
                .filter(rollout -> rollout.outcome() == Outcome.DONE)
                .findFirst();
    }

    /** The release that the last rollout that ended well in a region put its users on. */
    Optional<ReleaseId> current(RegionName region) {
        return done(region).stream().reduce((first, second) -> second).map(RolloutRecord::to);
    }

    /** What that rollout replaced there, and until when it is kept; repairs of what serves replace nothing. */
    Optional<Kept> kept(RegionName region) {
        Optional<Kept> kept = Optional.empty();
        Optional<ReleaseId> current = Optional.empty();
        for (RolloutRecord rollout : done(region)) {
            Optional<ReleaseId> asRemembered = current;
            Optional<ReleaseId> former =
                    Optional.ofNullable(rollout.former().get(region)).or(() -> asRemembered);
            if (former.isPresent() && !former.get().equals(rollout.to())) {
                kept = Optional.of(new Kept(former.get(), rollout.keepUntil()));
            }
            current = Optional.of(rollout.to());
        }
        return kept;
    }

    /**
     * What a rollout to that release has to leave in place: what the regions' users had before it, or before the
     * interrupted one that it goes on with, and what is warm where they have that release already.
     */
    Past past(Optional<ReleaseId> from, ReleaseId target, Collection<RegionName> regions, Observation observed) {
        Map<RegionName, ReleaseId> former = new HashMap<>();
        Map<RegionName, Integer> servers = new HashMap<>();
        Map<RegionName, ReleaseId> kept = new HashMap<>();
        for (RegionName region : regions) {
            Optional<ReleaseId> had = former(region, target, observed);
            had.ifPresent(release -> former.put(region, release));
            if (had.equals(Optional.of(target))) {
                servers.put(region, servers(region, target, observed));
            }
            if (had.or(() -> from).equals(Optional.of(target))) {
                kept(region).ifPresent(warm -> kept.put(region, warm.release()));
            }
        }
        return new Past(from, former, servers, kept);
    }

    private Optional<ReleaseId> former(RegionName region, ReleaseId target, Observation observed) {
        Set<ReleaseId> serving = observed.serving(region);
        Optional<ReleaseId> other =
                serving.stream().filter(release -> !release.equals(target)).findFirst();
        Optional<RolloutRecord> resumed = resumed(region, target);
        if (resumed.isPresent()) {
            return Optional.ofNullable(resumed.get().former().get(region))
                    .or(() -> other)
                    .or(() -> current(region).filter(release -> !release.equals(target)));
        }
        return other.or(() -> serving.stream().findFirst()).or(() -> current(region));
    }

    /** How many of the target's servers a region's users had: now, or before the interrupted rollout began. */
    private int servers(RegionName region, ReleaseId target, Observation observed) {
        return resumed(region, target)
                .flatMap(rollout -> Optional.ofNullable(rollout.servers().get(region)))
                .orElseGet(() -> observed.serving(region, target));
    }

    private Optional<RolloutRecord> resumed(RegionName region, ReleaseId target) {
        return interrupted()
                .filter(rollout ->
                        rollout.to().equals(target) && rollout.regions().contains(region));
    }

    private List<RolloutRecord> done(RegionName region) {
        return rollouts.stream()
                .filter(rollout -> rollout.outcome() == Outcome.DONE)
                .filter(rollout -> rollout.regions().contains(region))
                .toList();
    }

    /** The release of that number. */
    Optional<Release> release(ReleaseId id) {
        return releases.stream().filter(release -> release.id().equals(id)).findFirst();
    }

    /** What a release does beside answering requests; nothing where the release is forgotten. */
    Duties duties(ReleaseId id) {
        return release(id).map(release -> release.content().work()).orElse(Duties.NONE);
    }

    /** The fingerprint of what a server was made for; as earlier versions of Meridian told it where that is forgotten. */
    String revision(Server server) {
        return release(server.release())
                .map(release -> Fingerprint.of(release.content()))
                .orElse(server.revision());
    }

    /** The release that users had before this one was deployed. */
    Optional<ReleaseId> before(ReleaseId current) {
        return rollouts.reversed().stream()
                .filter(rollout -> rollout.outcome() == Outcome.DONE)
                .filter(rollout -> rollout.kind() == Kind.DEPLOY && rollout.to().equals(current))
                .flatMap(rollout -> rollout.from().stream())
                .filter(from -> !from.equals(current))
                .findFirst();
    }

    /** A number that neither a remembered release nor a server has. */
    ReleaseId nextRelease(Observation world) {
        int highest = Math.max(
                releases.stream()
                        .mapToInt(release -> release.id().number())
                        .max()
                        .orElse(0),
                world.servers().stream()
                        .map(Server::release)
                        .mapToInt(ReleaseId::number)
                        .max()
                        .orElse(0));
        return new ReleaseId(highest + 1);
    }

    /** A number for the next rollout. */
    int nextRollout() {
        return last().map(RolloutRecord::number).orElse(0) + 1;
    }

    /**
     * A release that was replaced in a region.
     *
     * @param release the release
     * @param until   until when its servers are kept warm; empty when they are not
     */
    record Kept(ReleaseId release, Optional<Instant> until) {}
}
