package org.meridian.core.operation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Duties;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.HostDriver;

/**
 * Looks before a rollout begins whether the servers that it has to work on let this deployer in. Who has another key than the
 * one they were made with can't finish what another began, and would find that out when half of it is done.
 */
final class Admission {
    private final Workspace workspace;
    private final Function<ReleaseId, Duties> duties;

    /** In this workspace, where releases do this beside answering requests. */
    Admission(Workspace workspace, Function<ReleaseId, Duties> duties) {
        this.workspace = workspace;
        this.duties = duties;
    }

    /**
     * Returns where none refuses that going on with a plan works on; a server that does not answer is no matter of keys.
     *
     * @throws Failure of kind USAGE that names each server that refuses the login
     */
    void require(Plan plan, Observation observed) throws InterruptedException {
        require(Stream.concat(begun(plan, observed), working(plan, RegionPlan::shift)));
    }

    /** The same for going back, which removes what the plan began without logging in there. */
    void requireBack(Plan plan) throws InterruptedException {
        require(working(plan, region -> true));
    }

    private void require(Stream<Server> needed) throws InterruptedException {
        List<Server> running = needed.filter(server -> server.state() == Server.State.RUNNING)
                .distinct()
                .toList();
        if (running.isEmpty()) {
            return;
        }
        Collection<Diagnostic> refusals = new ConcurrentLinkedQueue<>();
        workspace.world().tasks().forEach(running, server -> refusal(server).ifPresent(refusals::add));
        if (!refusals.isEmpty()) {
            throw Failure.usage(List.copyOf(refusals));
        }
    }

    /** Servers to be prepared that have files of the release already; one that still boots may let nobody in yet. */
    private Stream<Server> begun(Plan plan, Observation observed) {
        FirstHostKeys keys = new FirstHostKeys(workspace.state());
        return plan.regions().stream()
                .flatMap(region -> observed.fleet(region.name(), plan.target().id()).stream()
                        .filter(server -> region.prepares(server.name())))
                .filter(keys::spent);
    }

    /** Servers whose workers and jobs are handed over with the traffic of such regions. */
    private Stream<Server> working(Plan plan, Predicate<RegionPlan> regions) {
        return plan.regions().stream().filter(regions).flatMap(region -> region.previous().stream()
                .filter(server -> !duties.apply(server.release()).isEmpty()));
    }

    private Optional<Diagnostic> refusal(Server server) throws InterruptedException {
        try {
            workspace.world().hosts().logIn(server);
            return Optional.empty();
        } catch (Failure e) {
            return e.diagnostic().code().equals(HostDriver.REFUSED_LOGIN)
                    ? Optional.of(explained(e.diagnostic()))
                    : Optional.empty();
        }
    }

    private static Diagnostic explained(Diagnostic refusal) {
        return Diagnostic.of(
                        refusal.code(),
                        refusal.summary(),
                        "Nothing was changed. Deploy with the key that the server was made with: where that was another machine,"
                                + " give both the same one with 'ssh.deploy_key' (docs/team.md). "
                                + refusal.suggestion())
                .withDetail(refusal.detail());
    }
}
