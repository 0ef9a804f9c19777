package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.StateStore;

/**
 * What runs where and who gets traffic, as found in the world, and what is remembered that explains it.
 *
 * @param app        the app
 * @param release    the release that serves in every region; empty when there is none or regions differ
 * @param primary    the primary region
 * @param regions    each region
 * @param kept       the former release that is kept warm; empty when none is
 * @param lockedBy   who holds the lock; empty when nobody does
 * @param unfinished a rollout that did not end and that nobody carries out; empty when there is none
 * @param approval   the rollout that waits for a person's approval; empty when none does
 * @param orphans    servers that no release accounts for
 * @param unseen     what could not be looked at; what runs there is not known
 * @param services   what the app does beside answering requests; nothing where nobody asked
 */
public record StatusReport(
        AppName app,
        Optional<ReleaseId> release,
        RegionName primary,
        List<RegionStatus> regions,
        Optional<Kept> kept,
        Optional<StateStore.Holder> lockedBy,
        Optional<Unfinished> unfinished,
        Optional<RolloutRecord> approval,
        List<Orphans.Orphan> orphans,
        List<Unseen> unseen,
        ServicesReport services) {
    /** Copies the lists. */
    public StatusReport {
        requireNonNull(app, "app is null");
        requireNonNull(release, "release is null");
        requireNonNull(primary, "primary is null");
        regions = List.copyOf(regions);
        requireNonNull(kept, "kept is null");
        requireNonNull(lockedBy, "lockedBy is null");
        requireNonNull(unfinished, "unfinished is null");
        requireNonNull(approval, "approval is null");
        orphans = List.copyOf(orphans);
        unseen = List.copyOf(unseen);
        requireNonNull(services, "services is null");
    }

    /** The same with these services. */
    public StatusReport with(ServicesReport others) {
        return new StatusReport(
                app, release, primary, regions, kept, lockedBy, unfinished, approval, orphans, unseen, others);
    }

    /**
     * A former release that is kept warm.
     *
     * @param release the release
     * @param until   until when; empty when nothing was said
     * @param servers how many servers it has
     * @param of      how many servers the app has, these among them
     */
    public record Kept(ReleaseId release, Optional<Instant> until, int servers, int of) {
        /** Checks that no part is null. */
        public Kept {
            requireNonNull(release, "release is null");
            requireNonNull(until, "until is null");
        }
    }

    /**
     * One region.
     *
     * @param name    the region
     * @param release the release that takes its traffic; empty when none or more than one does
     * @param healthy how many of the origins in traffic the edge sees healthy
     * @param wanted  how many the configuration wants
     * @param weight  100 when its own origins take its traffic, 0 when none does (its users are at the fallback)
     * @param servers every server there with the app's tags
     */
    public record RegionStatus(
            RegionName name,
            Optional<ReleaseId> release,
            int healthy,
            int wanted,
            Weight weight,
            List<ServerStatus> servers) {
        /** Copies the servers. */
        public RegionStatus {
            requireNonNull(name, "name is null");
            requireNonNull(release, "release is null");
            requireNonNull(weight, "weight is null");
            servers = List.copyOf(servers);
        }
    }

    /**
     * One server.
     *
     * @param name     its name
     * @param release  the release it was made for
     * @param health   the edge's view; UNKNOWN when the edge does not know it
     * @param weight   its weight in the pool; 0 when it is out of traffic
     * @param draining whether it left traffic and is kept out of it
     * @param inFlight requests being answered by it now
     * @param address  the address that Meridian reaches it at; empty while it has none
     */
    public record ServerStatus(
            ServerName name,
            ReleaseId release,
            Origin.Health health,
            Weight weight,
            boolean draining,
            int inFlight,
            Optional<String> address) {
        /** Checks that no part is null. */
        public ServerStatus {
            requireNonNull(name, "name is null");
            requireNonNull(release, "release is null");
            requireNonNull(health, "health is null");
            requireNonNull(weight, "weight is null");
            requireNonNull(address, "address is null");
        }
    }
}
