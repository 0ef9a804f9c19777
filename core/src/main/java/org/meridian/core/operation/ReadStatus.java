package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.Server;
import org.meridian.core.model.Weight;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.StateStore;

/** Tells what runs where and who gets traffic, from the world itself. */
public final class ReadStatus {
    private final Workspace workspace;
    private final Optional<ReadServices> services;

    /** Reads the status of this workspace, without what the app does beside answering requests. */
    public ReadStatus(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.services = Optional.empty();
    }

    /** Reads the status of this workspace with its services. */
    public ReadStatus(Workspace workspace, ReadServices services) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.services = Optional.of(services);
    }

    /** Looks, and changes nothing; says where a backup of what keeps data failed or is overdue. */
    public StatusReport run() throws InterruptedException {
        Observation observed = workspace.observe();
        StatusReport status = of(observed);
        if (services.isEmpty()) {
            return status;
        }
        ServicesReport found = services.get().of(observed);
        found.kept().stream().flatMap(row -> row.backups().warning().stream()).forEach(workspace::note);
        return status.with(found);
    }

    /** The status of a world that was looked at, without its services. */
    public StatusReport of(Observation observed) {
        History history = workspace.history();
        Ownership ownership = workspace.ownership();
        ownership
                .problems(observed.servers())
                .forEach(problem -> workspace.note(problem.summary() + ". " + problem.suggestion()));
        Optional<StateStore.Holder> holder = workspace.state().holder();
        boolean works = Answers.works(holder);
        return new StatusReport(
                workspace.app().name(),
                release(observed),
                workspace.app().primary(),
                workspace.app().regions().stream()
                        .map(region -> region(region, observed))
                        .toList(),
                kept(history, observed),
                holder,
                works ? Optional.empty() : unended(history).map(rollout -> unfinished(rollout, history, observed)),
                works ? unended(history).filter(rollout -> waitsForApproval(rollout, observed)) : Optional.empty(),
                Orphans.find(workspace.app(), history, observed, ownership),
                observed.unseen(),
                ServicesReport.NOTHING);
    }

    /** The last rollout, unless it has ended one way or the other. */
    private static Optional<RolloutRecord> unended(History history) {
        return history.last().filter(Orphans::unended);
    }

    private Unfinished unfinished(RolloutRecord rollout, History history, Observation observed) {
        return Unfinished.of(workspace.app(), rollout, history, observed, journal(rollout));
    }

    private List<JournalReport.Line> journal(RolloutRecord rollout) {
        return JournalReport.lines(workspace.state().journal(rollout.number()));
    }

    /** Only the deployer knows for sure: this tells it from what can be seen of a rollout that stands there. */
    private boolean waitsForApproval(RolloutRecord rollout, Observation observed) {
        RegionName primary = workspace.app().primary();
        boolean othersServe = rollout.regions().stream()
                .filter(region -> !region.equals(primary))
                .allMatch(region -> observed.serving(region).equals(Set.of(rollout.to())));
        return rollout.kind() == Kind.DEPLOY
                && workspace.app().rollout().approveWithin().isPresent()
                && rollout.regions().contains(primary)
                && !observed.serving(primary).contains(rollout.to())
                && othersServe
                && workspace.state().answer(rollout.number()).isEmpty()
                && JournalReport.open(journal(rollout)).isEmpty();
    }

    private Optional<ReleaseId> release(Observation observed) {
        Set<ReleaseId> serving = observed.serving();
        boolean everywhere = workspace.regionNames().stream()
                .allMatch(region -> observed.serving(region).equals(serving));
        return serving.size() == 1 && everywhere ? serving.stream().findFirst() : Optional.empty();
    }

    private Optional<Kept> kept(History history, Observation observed) {
        WarmFleets fleets = new WarmFleets(workspace, history, observed);
        return fleets.newest()
                .map(release -> new Kept(
                        release,
                        fleets.until(),
                        fleets.servers(),
                        observed.servers().size()));
    }

    private static RegionStatus region(Region region, Observation observed) {
        RegionName name = region.name();
        Pool pool = observed.pool(name);
        Set<ReleaseId> serving = observed.serving(name);
        Optional<ReleaseId> release = serving.size() == 1 ? serving.stream().findFirst() : Optional.empty();
        // An origin without its server is nobody: another may have got its address since.
        int healthy = (int) pool.origins().stream()
                .filter(origin -> observed.server(origin.server()).isPresent())
                .filter(origin -> origin.serving() && origin.health() == Origin.Health.HEALTHY)
                .count();
        List<ServerStatus> servers = observed.servers(name).stream()
                .map(server -> server(server, pool))
                .toList();
        return new RegionStatus(
                name, release, healthy, region.servers(), healthy > 0 ? Weight.FULL : Weight.NONE, servers);
    }

    private static ServerStatus server(Server server, Pool pool) {
        Optional<Origin> origin = pool.origin(server.name());
        return new ServerStatus(
                server.name(),
                server.release(),
                origin.map(Origin::health).orElse(Origin.Health.UNKNOWN),
                origin.filter(Origin::serving).map(Origin::weight).orElse(Weight.NONE),
                origin.map(Origin::draining).orElse(false),
                origin.map(Origin::inFlight).orElse(0),
                server.address());
    }
}
