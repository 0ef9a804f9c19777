package org.meridian.core.operation;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;

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

    /** The release of that number. */
    Optional<Release> release(ReleaseId id) {
        return releases.stream().filter(release -> release.id().equals(id)).findFirst();
    }

    /** The release that readers had before this one was deployed. */
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
}
