package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Owned;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.StoreMark;

/**
 * Makes and destroys machines; never touches what lacks the app's tags. Which servers are on them is nothing to it.
 *
 * <p>Calls for different regions may come at the same time. Every call is safe to repeat, and each throws
 * {@link org.meridian.core.diagnostic.Failure} when the provider does not do what was asked.
 * A call that nobody answered (its time limit, a connection lost) throws one of kind NO_ANSWER, and is tried again.
 */
public interface MachineProvider {
    /** The provider's name in the configuration, such as {@code local}. */
    String provider();

    /** Every machine with the app's tags, in all regions, whether it runs or not. */
    List<Found> observe() throws InterruptedException;

    /** What there is in one region; cheaper than all of it where the provider allows. */
    default List<Found> observe(RegionName region) throws InterruptedException {
        return observe().stream()
                .filter(machine -> machine.region().equals(region))
                .toList();
    }

    /**
     * Makes the region consist of exactly these machines: creates the missing, starts the stopped, destroys the others.
     *
     * <p>Returns once the provider has accepted and begun everything; a new machine may still be booting.
     */
    void converge(Region region, List<MachineSpec> wanted) throws InterruptedException;

    /** As {@link FleetDriver#preview} says. */
    default Optional<FleetDriver.Preview> preview(Region region, List<MachineSpec> wanted) throws InterruptedException {
        return Optional.empty();
    }

    /** As {@link FleetDriver#startsAtOnce} says. */
    default OptionalInt startsAtOnce() {
        return OptionalInt.empty();
    }

    /** What was made for the app besides machines, as {@link FleetDriver#staying} says. */
    default List<String> staying() throws InterruptedException {
        return List.of();
    }

    /** Destroys everything that was made for the app at this provider, machines and all. */
    void destroyAll() throws InterruptedException;

    /**
     * A machine as its provider shows it.
     *
     * @param spec   what it was made for, from its tags
     * @param region where it is
     * @param machine how it is reached
     * @param state  whether it runs
     * @param store  the state that it was made from, from its tags; empty when it was made before there were marks
     */
    record Found(MachineSpec spec, RegionName region, Machine machine, Server.State state, Optional<StoreMark> store)
            implements Owned {
        /** Checks that no part is null. */
        public Found {
            requireNonNull(spec, "spec is null");
            requireNonNull(region, "region is null");
            requireNonNull(machine, "machine is null");
            requireNonNull(state, "state is null");
            requireNonNull(store, "store is null");
        }

        @Override
        public String label() {
            return spec.name().value();
        }

        /** The server that has it to itself; empty for a machine that outlives releases. */
        public Optional<Server> server() {
            return spec.server()
                    .map(server -> new Server(
                            server.name(),
                            region,
                            server.release(),
                            server.revision(),
                            machine,
                            OptionalInt.empty(),
                            state,
                            store));
        }
    }
}
