package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.WorkerContainer;
import org.meridian.core.operation.ServicesReport.WorkerRow;
import org.meridian.core.plan.Observation;

/** Sets what servers say of their workers beside what is to run there. */
final class WorkerRows {
    private static final Set<String> OVER = Set.of("exited", "dead", "created", "removing");

    private final Observation observed;
    private final History history;

    WorkerRows(Observation observed, History history) {
        this.observed = requireNonNull(observed, "observed is null");
        this.history = requireNonNull(history, "history is null");
    }

    /** By name; without those that have nothing to do there and have ended. */
    List<WorkerRow> of(Server server, ServerDuties said) {
        Set<String> wanted = new TreeSet<>(said.working());
        wanted.addAll(due(server));
        Set<String> all = new TreeSet<>(wanted);
        said.containers().stream()
                .filter(container -> !OVER.contains(container.state()))
                .map(WorkerContainer::service)
                .forEach(all::add);
        return all.stream()
                .map(name -> new WorkerRow(
                        name,
                        server.region(),
                        server.name(),
                        server.release(),
                        wanted.contains(name),
                        said.containers().stream()
                                .filter(container -> container.service().equals(name))
                                .toList()))
                .toList();
    }

    /** What belongs there once all of the region's traffic is the release's. */
    private Set<String> due(Server server) {
        if (!observed.serving(server.region()).equals(Set.of(server.release()))) {
            return Set.of();
        }
        List<ServerName> fleet = observed.fleet(server.region(), server.release()).stream()
                .map(Server::name)
                .toList();
        return history.duties(server.release()).of(server.region(), server.name(), fleet);
    }
}
