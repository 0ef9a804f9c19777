package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;

/**
 * What one look at a provider found: what is there, and what could not be looked at. What runs in a part that is unseen
 * counts as neither there nor gone: servers that are known to be there are {@link Server.State#UNREACHABLE}, others may
 * be missing from the list.
 *
 * @param servers every server with the app's tags that is known
 * @param unseen  what is out of reach; empty when all was seen
 */
public record FleetView(List<Server> servers, List<Unseen> unseen) {
    /** Nothing there, and nothing unseen. */
    public static final FleetView NONE = new FleetView(List.of(), List.of());

    /** Copies the lists. */
    public FleetView {
        servers = List.copyOf(servers);
        unseen = List.copyOf(unseen);
    }

    /** What was found where everything could be looked at. */
    public static FleetView whole(List<Server> servers) {
        return new FleetView(servers, List.of());
    }

    /** What belongs to one region. */
    public FleetView in(RegionName region) {
        return new FleetView(
                servers.stream()
                        .filter(server -> server.region().equals(region))
                        .toList(),
                unseen.stream().filter(part -> part.region().equals(region)).toList());
    }

    /** This and what another look found elsewhere. */
    public FleetView and(FleetView other) {
        return new FleetView(
                Stream.concat(servers.stream(), other.servers.stream()).toList(),
                Stream.concat(unseen.stream(), other.unseen.stream()).toList());
    }

    /** The server of that name; empty where none is known. */
    public Optional<Server> server(ServerName name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    /** Whether a server that was in that region surely runs no more: it is stopped, or missing and nothing there was out of reach. */
    public boolean gone(RegionName region, ServerName name) {
        return server(name)
                .map(seen -> seen.state() == Server.State.STOPPED)
                .orElseGet(() -> in(region).unseen().isEmpty());
    }

    /**
     * A part of a region that is out of reach.
     *
     * @param region the region
     * @param why    why, with its name
     */
    public record Unseen(RegionName region, Diagnostic why) {
        /** Checks that no part is null. */
        public Unseen {
            requireNonNull(region, "region is null");
            requireNonNull(why, "why is null");
        }

        /** The problem, with the region in front. */
        public Diagnostic problem() {
            return Diagnostic.of(why.code(), region + ": " + why.summary(), why.suggestion())
                    .withDetail(why.detail());
        }
    }
}
