package org.meridian.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;

/** The fleet drivers of an app's providers as one. */
public final class Fleets {
    private final List<FleetDriver> drivers;

    /** Puts these drivers together; each is for another provider. */
    public Fleets(List<FleetDriver> drivers) {
        this.drivers = List.copyOf(drivers);
    }

    Fleets under(Ledger ledger, Patience patience) {
        return new Fleets(drivers.stream()
                .<FleetDriver>map(
                        driver -> new PatientFleet(new GuardedFleet(driver, ledger, ledger.ownership()), patience))
                .toList());
    }

    /** What there is at every provider. */
    public FleetView observe() throws InterruptedException {
        FleetView all = FleetView.NONE;
        for (FleetDriver driver : drivers) {
            all = all.and(driver.observe());
        }
        return all;
    }

    /** What there is in one region. */
    public FleetView observe(Region region) throws InterruptedException {
        return driver(region).observe(region.name());
    }

    /** A region that left the configuration, as far as its servers tell of it; throws a Failure when it has none. */
    public Region former(RegionName name) throws InterruptedException {
        for (FleetDriver driver : drivers) {
            if (!driver.observe(name).servers().isEmpty()) {
                return Region.former(name, driver.provider());
            }
        }
        throw Failure.usage(Diagnostic.of(
                "unknown-region", "no provider has servers in " + name, "See 'meridian servers' for those there are."));
    }

    /** Makes a region consist of these servers; see {@link FleetDriver#converge}. */
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        driver(region).converge(region, wanted);
    }

    /** Destroys a machine; see {@link FleetDriver#discard}. */
    public void discard(Region region, MachineName machine) throws InterruptedException {
        driver(region).discard(region, machine);
    }

    /** What the region's provider says of it; see {@link FleetDriver#preview}. */
    public Optional<FleetDriver.Preview> preview(Region region, List<ServerSpec> wanted) throws InterruptedException {
        return driver(region).preview(region, wanted);
    }

    /** What the region's provider bears; see {@link FleetDriver#startsAtOnce}. */
    OptionalInt startsAtOnce(Region region) {
        return driver(region).startsAtOnce();
    }

    /** What stays at every provider when no server is left; see {@link FleetDriver#staying}. */
    List<String> staying() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (FleetDriver driver : drivers) {
            all.addAll(driver.staying());
        }
        return all;
    }

    /** Destroys everything of the app at every provider. */
    public void destroyAll() throws InterruptedException {
        for (FleetDriver driver : drivers) {
            driver.destroyAll();
        }
    }

    private FleetDriver driver(Region region) {
        return drivers.stream()
                .filter(driver -> driver.provider().equals(region.provider()))
                .findFirst()
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "unknown-provider",
                        "region " + region.name() + " has the provider " + region.provider() + ", which is not there",
                        "Use one of "
                                + drivers.stream().map(FleetDriver::provider).toList() + ".")));
    }
}
