package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;

/**
 * Makes and destroys the servers of one provider; never touches what lacks the app's tags.
 *
 * <p>Calls for different regions may come at the same time. Every call is safe to repeat, and each throws
 * {@link org.meridian.core.diagnostic.Failure} when the provider does not do what was asked.
 */
public interface FleetDriver {
    /** The provider's name in the configuration, such as {@code local}. */
    String provider();

    /** Every server with the app's tags, in all regions, whether it runs or not. */
    List<Server> observe() throws InterruptedException;

    /** The servers of one region; cheaper than all of them where the provider allows. */
    default List<Server> observe(RegionName region) throws InterruptedException {
        return observe().stream()
                .filter(server -> server.region().equals(region))
                .toList();
    }

    /**
     * What the last {@code observe} could not see, because it is out of reach; empty for a provider that sees all or throws.
     * What runs there counts as neither there nor gone: {@link #converge} of such a region throws and changes nothing.
     */
    default List<Unseen> unseen() throws InterruptedException {
        return List.of();
    }

    /**
     * Makes the region consist of exactly these servers: creates the missing, starts the stopped, destroys the others.
     *
     * <p>Returns once the provider has accepted and begun everything; a new server may still be booting.
     */
    void converge(Region region, List<ServerSpec> wanted) throws InterruptedException;

    /**
     * What the provider's own tool says that {@link #converge} would change now; empty for a provider that has no such
     * tool. Changes nothing.
     */
    default Optional<Preview> preview(Region region, List<ServerSpec> wanted) throws InterruptedException {
        return Optional.empty();
    }

    /** Destroys everything that was made for the app at this provider besides servers, such as networks. */
    void destroyAll() throws InterruptedException;

    /**
     * A part of a region that is out of reach.
     *
     * @param region the region
     * @param why    why, with its name
     */
    record Unseen(RegionName region, Diagnostic why) {
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

    /**
     * A tool's own plan.
     *
     * @param summary how much changes, on one line
     * @param details what changes, a line for each thing
     */
    record Preview(String summary, List<String> details) {
        /** Copies the details. */
        public Preview {
            requireNonNull(summary, "summary is null");
            details = List.copyOf(details);
        }
    }
}
