package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meridian.core.event.RolloutEvent.Judged;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/** How far a region has come; changed by {@link Progress} alone. */
final class RegionProgress {
    private final SortedMap<ServerName, Stage> servers = new TreeMap<>();
    private Optional<Phase> running = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<Phase> ended = Optional.empty();
    private Duration took = Duration.ZERO;
    private Optional<ReleaseId> serves = Optional.empty();
    private Weight weight = Weight.NONE;
    private Optional<Judged> judged = Optional.empty();
    private boolean failed;

    void begin(Phase phase, Instant at) {
        running = Optional.of(phase);
        since = Optional.of(at);
    }

    void end(Phase phase, Duration time) {
        if (running.equals(Optional.of(phase))) {
            running = Optional.empty();
        }
        ended = Optional.of(phase);
        took = time;
        failed = failed && phase != Phase.REVERT;
    }

    void reach(ServerName server, Stage stage) {
        servers.put(server, stage);
    }

    void serve(ReleaseId release, Weight share) {
        serves = Optional.of(release);
        weight = share;
        judged = Optional.empty();
    }

    void judge(Judged verdict) {
        judged = Optional.of(verdict);
    }

    void fail() {
        failed = true;
        running = Optional.empty();
    }

    /** What ran was given up, here or elsewhere. */
    void abandon() {
        running = Optional.empty();
    }

    /** The phase that runs. */
    Optional<Phase> running() {
        return running;
    }

    /** For how long it has run. */
    Duration runningFor(Instant now) {
        return since.map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
    }

    /** The phase that ended last. */
    Optional<Phase> ended() {
        return ended;
    }

    /** How long that took. */
    Duration took() {
        return took;
    }

    /** The servers that were heard of, with the stage that each reached. */
    SortedMap<ServerName, Stage> servers() {
        return servers;
    }

    /** The release that traffic was moved to. */
    Optional<ReleaseId> serves() {
        return serves;
    }

    /** How much of the region's traffic that release has. */
    Weight weight() {
        return weight;
    }

    /** What was said last of the canary at that weight. */
    Optional<Judged> judged() {
        return judged;
    }

    /** Whether something failed there and has not been put back. */
    boolean failed() {
        return failed;
    }
}
