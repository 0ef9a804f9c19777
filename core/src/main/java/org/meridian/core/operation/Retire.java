package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.RetireServers;
import org.meridian.core.rollout.World;

/** Destroys what is not needed any more: the previous fleet once it was kept for long enough, and orphans. */
public final class Retire {
    private final Workspace workspace;

    /** Retires in this workspace. */
    public Retire(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Retires what is due; a line for each region in which servers went. */
    public List<String> run() throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "retire")) {
            return new WarmFleets(turn.outside(), workspace.history(), workspace.observeOwn()).retireExpired();
        }
    }

    /** Retires the servers that no release accounts for; a line for each region in which servers went. */
    public List<String> orphans() throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "retire --orphans")) {
            World world = turn.outside().world();
            Observation observed = workspace.observeOwn();
            Map<RegionName, List<Server>> byRegion =
                    Orphans.find(workspace.app(), workspace.history(), observed).stream()
                            .flatMap(orphan -> observed.server(orphan.server()).stream())
                            .collect(Collectors.groupingBy(Server::region, TreeMap::new, Collectors.toList()));
            List<String> lines = new ArrayList<>();
            for (Map.Entry<RegionName, List<Server>> region : byRegion.entrySet()) {
                retire(world, region.getKey(), region.getValue());
                lines.add(region.getKey() + ": removed " + region.getValue().size() + " servers of no release in use");
            }
            lines.forEach(workspace::note);
            return List.copyOf(lines);
        }
    }

    private void retire(World world, RegionName name, List<Server> servers) throws InterruptedException {
        Optional<Region> configured = workspace.app().regions().stream()
                .filter(region -> region.name().equals(name))
                .findFirst();
        if (configured.isEmpty()) {
            // No request is sent to a region that left the configuration, whatever weights its pool had.
            world.traffic().drain(name, servers.stream().map(Server::name).toList());
        }
        Region region =
                configured.isPresent() ? configured.get() : world.fleets().former(name);
        new RetireServers(world, workspace.app().rollout().drain()).run(region, servers);
    }
}
