package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.rollout.WaitNotice;
import org.meridian.core.spi.Time;

/** Stays until the former release need not be kept warm any more, then retires it. */
public final class Bake {
    /** A machine that slept meanwhile notices within this time. */
    private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

    private final Workspace workspace;

    /** Bakes in this workspace. */
    public Bake(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /**
     * Waits and retires; a line for each region in which servers went. Holds no lock while it waits, and an interruption
     * leaves everything as it is, for the next command to retire.
     */
    public List<String> run() throws InterruptedException {
        WarmFleets fleets = new WarmFleets(workspace, workspace.history(), workspace.observeOwn());
        Set<ReleaseId> kept = Set.copyOf(fleets.kept().values());
        Optional<Instant> until = fleets.until();
        if (!kept.isEmpty() && until.isPresent()) {
            await(kept.stream().map(ReleaseId::toString).sorted().collect(Collectors.joining(", ")), until.get());
        }
        return new Retire(workspace).run();
    }

    private void await(String kept, Instant until) throws InterruptedException {
        Time time = workspace.world().time();
        String what = "keep_previous of " + kept + " to end, at " + until.truncatedTo(ChronoUnit.SECONDS);
        Duration left = Duration.between(time.now(), until);
        WaitNotice notice = WaitNotice.begin(workspace.world().events(), time, Optional.empty(), what, left);
        while (left.isPositive()) {
            time.sleep(left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP);
            left = Duration.between(time.now(), until);
            notice.still("");
        }
    }
}
