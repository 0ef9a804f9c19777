package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerSpec;

/**
 * Makes and destroys the servers of one provider; never touches what lacks the app's tags.
 *
 * <p>Calls for different regions may come at the same time. Every call is safe to repeat, and each throws
 * {@link org.meridian.core.diagnostic.Failure} when the provider does not do what was asked.
 * A call that nobody answered (its time limit, a connection lost) throws one of kind NO_ANSWER, and is tried again.
 */
public interface FleetDriver {
    /** The provider's name in the configuration, such as {@code local}. */
    String provider();

    /** Every server with the app's tags, in all regions, whether it runs or not, and what could not be looked at. */
    FleetView observe() throws InterruptedException;

    /** What there is in one region; cheaper than all of it where the provider allows. */
    default FleetView observe(RegionName region) throws InterruptedException {
        return observe().in(region);
    }

    /**
     * Makes the region consist of exactly these servers: creates the missing, starts the stopped, destroys the others.
     * Throws and changes nothing where a part of the region was out of reach that nothing was known of: what is wanted
     * was decided without it.
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

    /**
     * How many of its servers may pull and start a release at the same time, 1 or greater, since they share one machine;
     * empty where each has its own.
     */
    default OptionalInt startsAtOnce() {
        return OptionalInt.empty();
    }

    /**
     * What was made for the app besides servers and stays when the last server has gone, each place or thing in a few words
     * such as {@code aws eu-west: a key pair and a security group}; empty where nothing does. {@link #destroyAll} removes it.
     */
    default List<String> staying() throws InterruptedException {
        return List.of();
    }

    /**
     * Destroys a machine with all that is on it, as {@link #converge} makes it again where it is wanted; does nothing where there is
     * no such machine. Throws a Failure of kind USAGE where machines are not the provider's to destroy.
     */
    default void discard(Region region, MachineName machine) throws InterruptedException {
        throw notMade(machine);
    }

    /** Why a machine is not destroyed that was there before Meridian. */
    static Failure notMade(MachineName machine) {
        return Failure.usage(Diagnostic.of(
                "machine-not-made",
                machine + " was there before Meridian, which does not replace it",
                "Take it out of traffic with 'meridian machines drain', set it up again or put another in its place, then run"
                        + " 'meridian scale'."));
    }

    /** Destroys everything that was made for the app at this provider besides servers, such as networks. */
    void destroyAll() throws InterruptedException;

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
