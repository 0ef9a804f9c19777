package org.meridian.core.rollout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.meridian.core.model.Act;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.Ownership;

/** A fleet driver whose every change is in the ledger, and that shows what may be changed: this state's own servers. */
record GuardedFleet(FleetDriver driver, Ledger ledger, Ownership ownership) implements FleetDriver {
    @Override
    public String provider() {
        return driver.provider();
    }

    @Override
    public FleetView observe() throws InterruptedException {
        return own(driver.observe());
    }

    @Override
    public FleetView observe(RegionName region) throws InterruptedException {
        return own(driver.observe(region));
    }

    private FleetView own(FleetView all) {
        List<Server> foreign = ownership.foreign(all.servers());
        return new FleetView(
                all.servers().stream()
                        .filter(server -> !foreign.contains(server))
                        .toList(),
                all.unseen());
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        String names = wanted.stream().map(spec -> spec.name().value()).collect(Collectors.joining(", "));
        ledger.act(
                new Act(Act.Kind.CONVERGE, Optional.of(region.name()), Optional.empty(), names),
                () -> driver.converge(region, wanted));
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
        ledger.act(
                new Act(Act.Kind.DISCARD, Optional.of(region.name()), Optional.empty(), machine.value()),
                () -> driver.discard(region, machine));
    }

    @Override
    public void destroyAll() throws InterruptedException {
        ledger.act(
                new Act(Act.Kind.DESTROY, Optional.empty(), Optional.empty(), "everything at " + provider()),
                driver::destroyAll);
    }
}
