package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.Ownership;

/** Servers with the app's tags that no release accounts for. */
public final class Orphans {
    private Orphans() {}

    /** Those of a workspace, found now. */
    public static List<Orphan> find(Workspace workspace) throws InterruptedException {
        return find(workspace.app(), workspace.history(), workspace.observe(), workspace.ownership());
    }

    /** The same, without those that another state accounts for. */
    static List<Orphan> find(App app, History history, Observation observed, Ownership ownership) {
        List<ServerName> foreign =
                ownership.foreign(observed.servers()).stream().map(Server::name).toList();
        return find(app, history, observed).stream()
                .filter(orphan -> !foreign.contains(orphan.server()))
                .toList();
    }

    /**
     * Those in what was found, by region and name: servers whose release neither serves in their region, nor was
     * replaced there by the last rollout that ended well, nor takes part in one that has not ended; and servers in
     * regions that the configuration does not have any more.
     */
    static List<Orphan> find(App app, History history, Observation observed) {
        Map<RegionName, Set<ReleaseId>> accounted = new HashMap<>();
        app.regions().forEach(region -> accounted.put(region.name(), accounted(region.name(), history, observed)));
        return observed.servers().stream()
                .filter(server ->
                        !accounted.getOrDefault(server.region(), Set.of()).contains(server.release()))
                .map(Orphan::of)
                .sorted(Comparator.comparing(Orphan::region).thenComparing(Orphan::server))
                .toList();
    }

    private static Set<ReleaseId> accounted(RegionName region, History history, Observation observed) {
        Set<ReleaseId> releases = new TreeSet<>(observed.serving(region));
        history.kept(region).ifPresent(kept -> releases.add(kept.release()));
        history.interrupted().ifPresent(rollout -> {
            releases.add(rollout.to());
            rollout.from().ifPresent(releases::add);
            Optional.ofNullable(rollout.former().get(region))
                    .or(() -> history.current(region))
                    .ifPresent(releases::add);
        });
        return releases;
    }

    /** Whether a rollout has ended neither well nor by being put back. */
    static boolean unended(RolloutRecord rollout) {
        return switch (rollout.outcome()) {
            case RUNNING, PAUSED, FAILED -> true;
            case DONE, ROLLED_BACK -> false;
        };
    }

    /**
     * One of them.
     *
     * @param server  its name
     * @param region  where it is
     * @param release the release it was made for
     */
    public record Orphan(ServerName server, RegionName region, ReleaseId release) {
        /** Checks that no part is null. */
        public Orphan {
            requireNonNull(server, "server is null");
            requireNonNull(region, "region is null");
            requireNonNull(release, "release is null");
        }

        static Orphan of(Server server) {
            return new Orphan(server.name(), server.region(), server.release());
        }

        @Override
        public String toString() {
            return server.value();
        }
    }
}
