package org.meridian.testkit.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.Act;
import org.meridian.core.model.Duties;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;

/** I9, I10, and when a release's command runs. */
final class WorkInvariants {
    private final SimulatedWorld world;
    private final Set<ReleaseId> released = new HashSet<>();

    WorkInvariants(SimulatedWorld world) {
        this.world = world;
    }

    /** I9, after an effect in a region: the workers of one release take jobs there, and it serves there. */
    void requireFollows(RegionName region) {
        if (world.app.duties().isEmpty()) {
            return;
        }
        List<SimulatedServer> working = working();
        Set<ReleaseId> here = working.stream()
                .filter(server -> server.region.equals(region))
                .map(server -> server.spec.release())
                .collect(Collectors.toSet());
        require(here.size() <= 1, "I9", region + " has workers of " + here + " at once");
        Set<ReleaseId> serving = world.pool(region).serving();
        require(
                serving.isEmpty() || serving.containsAll(here),
                "I9",
                region + " has workers of " + here + " and serves " + serving);
        world.app.duties().workers().forEach((name, worker) -> worker.servers().ifPresent(most -> {
            long on = working.stream()
                    .filter(server -> server.region.equals(region) && server.workers.contains(name))
                    .count();
            require(on <= most, "I9", region + " has " + name + " on " + on + " servers instead of " + most);
        }));
        requireOneRunner(region, serving);
    }

    /** I10: one server of a region runs its jobs by schedule, of the release that serves there. */
    private void requireOneRunner(RegionName region, Set<ReleaseId> serving) {
        long now = world.scheduler.nanos();
        List<SimulatedServer> runners = world.servers.values().stream()
                .filter(server -> server.region.equals(region) && !server.dead(now) && !server.jobs.isEmpty())
                .toList();
        require(runners.size() <= 1, "I10", region + " has its jobs on " + runners.size() + " servers");
        for (SimulatedServer runner : runners) {
            require(
                    serving.isEmpty() || serving.contains(runner.spec.release()),
                    "I10",
                    runner.spec.name() + " runs jobs by schedule, and " + region + " serves " + serving);
            require(
                    runner.jobs.equals(world.app.duties().jobsIn(region).keySet()),
                    "I10",
                    runner.spec.name() + " runs the jobs " + runner.jobs + " by schedule");
        }
    }

    /** I10: a run that another server began has ended before this one may begin any. */
    void mayRunJobs(SimulatedServer server) {
        long now = world.scheduler.nanos();
        List<ServerName> busy = world.servers.values().stream()
                .filter(other -> other != server && other.region.equals(server.region) && !other.dead(now))
                .filter(other -> other.jobEndsAt > now)
                .map(other -> other.spec.name())
                .toList();
        require(busy.isEmpty(), "I10", server.spec.name() + " begins jobs while one runs on " + busy);
    }

    private List<SimulatedServer> working() {
        long now = world.scheduler.nanos();
        return world.servers.values().stream()
                .filter(server -> !server.dead(now) && !server.workers.isEmpty())
                .toList();
    }

    /** When all is done, each server does what it has to. */
    void requireDone(RegionName region) {
        ReleaseId release = world.serving(region);
        Duties duties = world.app.duties();
        List<ServerName> fleet = world.pool(region).origins.values().stream()
                .filter(SimulatedOrigin::serving)
                .map(origin -> origin.server)
                .toList();
        for (ServerName name : fleet) {
            Set<String> wanted = duties.of(region, name, fleet);
            SimulatedServer server = world.servers.get(name);
            require(
                    server != null && server.workers.equals(wanted),
                    "I9",
                    region + " serves " + release + ", and " + name + " has not the workers " + wanted);
            Set<String> jobs = Duties.runner(fleet).filter(name::equals).isPresent()
                    ? duties.jobsIn(region).keySet()
                    : Set.of();
            require(
                    server != null && server.jobs.equals(jobs),
                    "I10",
                    region + " serves " + release + ", and " + name + " has not the jobs " + jobs);
        }
    }

    /** Nothing of a new release starts before its command has ended well; who goes back to one runs no command. */
    void mayStart(Deployer by, ReleaseId release) {
        if (by.rollsBack()) {
            released.add(release);
        }
        boolean commanded = world.state.releases.stream()
                .anyMatch(known -> known.id().equals(release)
                        && known.content().releaseCommand().isPresent());
        require(
                !commanded || released.contains(release),
                "release-command",
                release + " starts before its command ran");
    }

    /** A release's command does not run again once it is known that it ended well. */
    void releaseCommandRuns(ReleaseId release, boolean good) {
        require(!knownAsDone(release), "release-command", "the command of " + release + " runs again");
        if (good) {
            released.add(release);
        }
    }

    private boolean knownAsDone(ReleaseId release) {
        for (RolloutRecord rollout : world.state.rollouts.reversed()) {
            if (rollout.to().equals(release) && rollout.outcome() == RolloutRecord.Outcome.ROLLED_BACK) {
                return false;
            }
            boolean done = world.state.journal(rollout.number()).stream()
                    .anyMatch(entry -> entry.act().kind() == Act.Kind.RELEASE_COMMAND
                            && entry.act().detail().equals(release.toString())
                            && entry.state() == JournalEntry.State.DONE);
            if (done) {
                return true;
            }
        }
        return false;
    }

    private void require(boolean holds, String invariant, String what) {
        world.invariants.require(holds, invariant, () -> what);
    }
}
