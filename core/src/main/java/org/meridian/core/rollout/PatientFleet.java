package org.meridian.core.rollout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;

/** A fleet driver that is asked again: a provider that is busy with new servers answers late. */
record PatientFleet(FleetDriver driver, Patience patience) implements FleetDriver {
    @Override
    public String provider() {
        return driver.provider();
    }

    @Override
    public FleetView observe() throws InterruptedException {
        return patience.look(driver::observe);
    }

    @Override
    public FleetView observe(RegionName region) throws InterruptedException {
        return patience.look(() -> driver.observe(region));
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        patience.act(() -> driver.converge(region, wanted));
    }

    @Override
    public Optional<Preview> preview(Region region, List<ServerSpec> wanted) throws InterruptedException {
        return driver.preview(region, wanted);
    }

    @Override
    public OptionalInt startsAtOnce() {
        return driver.startsAtOnce();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return driver.staying();
    }

    @Override
    public void discard(Region region, MachineName machine) throws InterruptedException {
        patience.act(() -> driver.discard(region, machine));
    }

    @Override
    public void destroyAll() throws InterruptedException {
        patience.act(driver::destroyAll);
    }
}
