package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.Tasks;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.ssh.SshHosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to get to all machines that exist and all servers that were made, at the same time, each with its time limit. */
final class ReachSearch {
    private static final Logger LOG = LoggerFactory.getLogger(ReachSearch.class);

    private final List<FleetDriver> fleets;
    private final SshHosts hosts;
    private final Collection<EdgeMachine> edges;
    private final Tasks tasks;
    private final AtomicInteger reached = new AtomicInteger();
    private final Queue<Diagnostic> problems = new ConcurrentLinkedQueue<>();
    private final Queue<Diagnostic> notShipping = new ConcurrentLinkedQueue<>();

    ReachSearch(List<FleetDriver> fleets, Collection<EdgeMachine> edges, SshHosts hosts, Tasks tasks) {
        this.fleets = List.copyOf(fleets);
        this.edges = List.copyOf(edges);
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
    }

    Reach look() throws InterruptedException {
        each(fleets, this::lookAt);
        each(edges, this::lookAtEdge);
        return new Reach(reached.get(), sorted(problems), sorted(notShipping));
    }

    private static List<Diagnostic> sorted(Queue<Diagnostic> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(Diagnostic::summary))
                .toList();
    }

    private void lookAt(FleetDriver fleet) throws InterruptedException {
        FleetView view = fleet.observe();
        List<Server> servers = view.servers();
        view.unseen().stream().map(Unseen::problem).forEach(problems::add);
        // Those that share a machine were seen there; others were seen at their provider only.
        reached.addAndGet((int) servers.stream()
                .filter(Server::sharesMachine)
                .map(Server::machine)
                .distinct()
                .count());
        each(
                servers.stream()
                        .filter(server -> !server.sharesMachine() && server.state() == Server.State.RUNNING)
                        .toList(),
                server -> {
                    hosts.connections().reach(server);
                    reached.incrementAndGet();
                });
        each(
                servers.stream()
                        .filter(server -> server.state() == Server.State.RUNNING)
                        .toList(),
                this::lookAtShipping);
    }

    /** One that is not yet set up is reached all the same. */
    private void lookAtEdge(EdgeMachine edge) throws InterruptedException {
        boolean ignored = edge.exists();
        reached.incrementAndGet();
    }

    /** What is not reached has been told of. */
    private void lookAtShipping(Server server) throws InterruptedException {
        try {
            hosts.shippingProblem(server).ifPresent(notShipping::add);
        } catch (Failure e) {
            LOG.debug("whether {} ships logs is not known", server.name(), e);
        }
    }

    private <T> void each(Collection<T> items, Tasks.Action<T> action) throws InterruptedException {
        tasks.forEach(items, item -> {
            try {
                action.run(item);
            } catch (Failure e) {
                problems.addAll(e.diagnostics());
            }
        });
    }
}
