package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Past;
import org.meridian.core.plan.Planner;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.rollout.LeaveTraffic;
import org.meridian.core.rollout.RebootMachine;
import org.meridian.core.rollout.ReturnToTraffic;
import org.meridian.core.spi.FleetDriver;

/** One machine, as it was seen a moment ago. */
final class OneMachine {
    private final Workspace workspace;
    private final Observation observed;
    private final SeenMachine machine;
    private final List<Server> servers;
    private final Region region;
    private final History history;
    private final Release release;
    private final RegionPlan plan;

    private OneMachine(Workspace workspace, Observation observed, SeenMachine machine) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.observed = requireNonNull(observed, "observed is null");
        this.machine = requireNonNull(machine, "machine is null");
        this.servers = observed.servers(machine.region()).stream()
                .filter(server -> server.machine().name().equals(machine.name()))
                .toList();
        this.region = workspace.app().region(machine.region());
        this.history = workspace.history();
        ReleaseId current = current();
        this.release = history.release(current)
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "release-forgotten",
                        current + " serves, and nothing is remembered of it",
                        "Run 'meridian deploy', which makes a release that is remembered.")));
        Past past = history.past(Optional.of(current), current, Set.of(region.name()), observed);
        this.plan = new Planner(workspace.app())
                .plan(Kind.SCALE, release, past, Set.of(region.name()), observed)
                .region(region.name());
    }

    /** The one of that name; throws a Failure of kind USAGE where it is gone or its region left the configuration. */
    static OneMachine find(Workspace workspace, Observation observed, String name) {
        SeenMachine machine = SeenMachine.all(workspace.app(), observed).stream()
                .filter(one -> one.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.of(Diagnostic.of(
                        "machine-gone",
                        "the machine " + name + " is not there any more",
                        "See 'meridian machines list'. 'meridian scale' makes what is missing.")));
        if (!workspace.regionNames().contains(machine.region())) {
            throw Failure.usage(Diagnostic.of(
                    "unknown-region",
                    "the region " + machine.region() + " of machine " + name + " is not in the configuration any more",
                    "Run 'meridian deploy', which removes what is left there."));
        }
        return new OneMachine(workspace, observed, machine);
    }

    private ReleaseId current() {
        return observed.serving(region.name()).stream()
                .findFirst()
                .or(() -> history.current(region.name()))
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "nothing-serves",
                        "no release serves in " + region.name(),
                        "Run 'meridian deploy', which brings it up.")));
    }

    /** Throws a Failure of kind USAGE where the machine is not Meridian's to destroy. */
    static void requireMade(SeenMachine machine) {
        if (machine.machine().listed().isPresent()) {
            throw FleetDriver.notMade(machine.name());
        }
    }

    /** Throws a Failure where it does not run or can't be reached. */
    void requireRunning() {
        if (machine.state() != Server.State.RUNNING) {
            throw Failure.of(Diagnostic.of(
                    "machine-not-running",
                    machine.name() + " does not run, or can't be reached",
                    "Start it at its provider, or run 'meridian machines replace' where Meridian made it."));
        }
    }

    /** Takes its users and its work away; where nobody else could answer users, does so only if that is wanted. */
    void leave(boolean downtime) throws InterruptedException {
        if (!carriedByOthers()) {
            if (!downtime) {
                throw nobodyElse();
            }
            workspace.note(machine.name() + ": nobody else answers users meanwhile, as asked.");
            return;
        }
        requireDataStays(downtime);
        leaving().run(plan, names());
    }

    private LeaveTraffic leaving() {
        return new LeaveTraffic(workspace.world(), workspace.app().rollout().drain(), history::duties);
    }

    private Set<ServerName> names() {
        return servers.stream().map(Server::name).collect(Collectors.toSet());
    }

    /** Whether users are not its own alone: healthy servers elsewhere take traffic, in its region or in another one. */
    private boolean carriedByOthers() {
        boolean idle = serving(observed.pool(region.name())).stream().noneMatch(names()::contains);
        return idle
                || workspace.regionNames().stream()
                        .map(observed::pool)
                        .flatMap(pool -> pool.origins().stream())
                        .anyMatch(origin -> origin.serving()
                                && origin.health() == Origin.Health.HEALTHY
                                && observed.server(origin.server()).isPresent()
                                && !names().contains(origin.server()));
    }

    private static Set<ServerName> serving(Pool pool) {
        return pool.origins().stream()
                .filter(Origin::serving)
                .map(Origin::server)
                .collect(Collectors.toSet());
    }

    private Failure nobodyElse() {
        return Failure.usage(Diagnostic.of(
                "nobody-else-serves",
                "no other machine could answer users while " + machine.name() + " is away",
                "Give the app one more with 'meridian scale', or add --downtime: then requests fail meanwhile."));
    }

    private void requireDataStays(boolean downtime) {
        Set<String> data = data();
        if (!data.isEmpty() && !downtime) {
            throw Failure.usage(Diagnostic.of(
                    "data-away",
                    String.join(", ", data) + " on " + machine.name()
                            + " would be away meanwhile, and the app without it",
                    "Add --downtime if that is what you want."));
        }
    }

    /** The services on it that keep data. */
    private Set<String> data() {
        return servers.stream()
                .filter(server -> release.content().outliving().on(server))
                .flatMap(server -> release.content().outliving().services().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Gives it its users and its work back, once it is healthy. */
    void comeBack() throws InterruptedException {
        List<Server> wanted =
                servers.stream().filter(server -> plan.wants(server.name())).toList();
        if (wanted.isEmpty()) {
            workspace.note(machine.name() + " has no server of " + release.id() + ", so no users come back to it.");
            return;
        }
        new ReturnToTraffic(workspace.world(), release, history::duties).run(plan, wanted);
    }

    /** Reboots it, and returns once it has booted. */
    void reboot() throws InterruptedException {
        workspace.note(machine.name() + ": rebooting.");
        new RebootMachine(workspace.world()).run(region, servers.getFirst());
    }

    /** Destroys it once its users and its work have left it; one that does not answer is destroyed as it is. */
    void discard() throws InterruptedException {
        Set<String> data = data();
        if (!data.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "data-lost",
                    String.join(", ", data) + " on " + machine.name() + " would lose its data",
                    "Back it up and take it elsewhere first; see docs/data.md."));
        }
        LeaveTraffic leaving = leaving();
        if (machine.state() == Server.State.RUNNING) {
            leaving.run(plan, names());
        } else {
            workspace.note(machine.name() + " does not answer: what runs there ends with it.");
            leaving.users(plan, names());
        }
        leaving.forget(plan, names());
        workspace.world().fleets().discard(region, machine.name());
        servers.forEach(server -> workspace.world().hosts().forget(server.name()));
    }
}
