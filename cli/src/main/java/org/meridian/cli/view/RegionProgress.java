package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/** How far a region has come; changed by {@link Progress} alone. */
final class RegionProgress {
    private final SortedMap<ServerName, Stage> servers = new TreeMap<>();
    private Optional<Phase> running = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<Phase> ended = Optional.empty();
    private Duration took = Duration.ZERO;
    private Optional<ReleaseId> serves = Optional.empty();
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

    void serve(ReleaseId release) {
        serves = Optional.of(release);
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

    /** Whether something failed there and has not been put back. */
    boolean failed() {
        return failed;
    }
}
