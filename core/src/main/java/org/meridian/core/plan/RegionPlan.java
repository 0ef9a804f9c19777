package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;

/**
 * What a rollout does in one region.
 *
 * @param region     the region
 * @param former     what its users had before this rollout began and go back to when it fails; empty for nothing
 * @param before     how many servers of the target took its traffic before that; 0 when it had another release or none
 * @param wanted     the fleet that shall serve
 * @param toCreate   those of {@code wanted} that do not exist or do not run
 * @param toPrepare  those of {@code wanted} that the edge does not yet know as healthy; includes {@code toCreate}
 * @param previous   the fleet that serves now or would be gone back to; kept warm afterwards
 * @param superseded servers of neither, out of traffic, that are retired first
 * @param surplus    the target's servers beyond {@code wanted}; retired once none of them has traffic
 * @param passing    those of {@code previous} that an abandoned rollout left in traffic, and that nobody goes back to; retired
 *                   once none of them has traffic
 * @param shift      whether traffic has to move
 */
public record RegionPlan(
        Region region,
        Optional<ReleaseId> former,
        int before,
        List<ServerSpec> wanted,
        List<ServerSpec> toCreate,
        List<ServerSpec> toPrepare,
        List<Server> previous,
        List<Server> superseded,
        List<Server> surplus,
        List<Server> passing,
        boolean shift) {
    /** Copies the lists. */
    public RegionPlan {
        requireNonNull(region, "region is null");
        requireNonNull(former, "former is null");
        wanted = List.copyOf(wanted);
        toCreate = List.copyOf(toCreate);
        toPrepare = List.copyOf(toPrepare);
        previous = List.copyOf(previous);
        superseded = List.copyOf(superseded);
        surplus = List.copyOf(surplus);
        passing = List.copyOf(passing);
    }

    /** The region's name. */
    public RegionName name() {
        return region.name();
    }

    /** The servers that stay warm afterwards. */
    public List<Server> keptWarm() {
        return previous.stream().filter(server -> !passing.contains(server)).toList();
    }

    /** The servers that go once traffic has left them. */
    public List<Server> leaving() {
        return Stream.concat(surplus.stream(), passing.stream()).toList();
    }

    /** Whether there is nothing to do. */
    public boolean unchanged() {
        return toPrepare.isEmpty() && superseded.isEmpty() && surplus.isEmpty() && !shift;
    }

    /** Whether a server is one that the edge did not know as healthy. */
    public boolean prepares(ServerName server) {
        return toPrepare.stream().anyMatch(spec -> spec.name().equals(server));
    }

    /** Whether a server belongs to the fleet that shall serve. */
    public boolean wants(ServerName server) {
        return wanted.stream().anyMatch(spec -> spec.name().equals(server));
    }

    /** Whether a server is one of the target's, wanted or not. */
    public boolean belongs(ServerName server) {
        return wants(server) || surplus.stream().anyMatch(one -> one.name().equals(server));
    }

    /** Whether the number of servers changes of a release that the region's users had before. */
    public boolean scales() {
        return before > 0 && (before != wanted.size() || !surplus.isEmpty());
    }

    /** Whether a server is one of the target's, and beside those that the region's users had before. */
    public boolean joins(ServerName server) {
        return before > 0 && server.number() > before && belongs(server);
    }
}
