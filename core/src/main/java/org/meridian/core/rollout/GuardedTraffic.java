package org.meridian.core.rollout;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.model.Act;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.TrafficDriver;

/** A traffic driver whose every change is in the ledger. */
record GuardedTraffic(TrafficDriver driver, Ledger ledger) implements TrafficDriver {
    @Override
    public List<Pool> observe() throws InterruptedException {
        return driver.observe();
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return driver.observe(region);
    }

    @Override
    public void prepare() throws InterruptedException {
        ledger.act(act(Act.Kind.PREPARE_EDGE, Optional.empty(), ""), driver::prepare);
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        String weights = target.origins().stream()
                .map(origin -> origin.server() + " " + origin.weight().percent())
                .collect(Collectors.joining(", "));
        ledger.act(act(Act.Kind.SET_POOL, Optional.of(target.region()), weights), () -> driver.apply(target));
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        String names = servers.stream().map(ServerName::value).collect(Collectors.joining(", "));
        ledger.act(act(Act.Kind.DRAIN, Optional.of(region), names), () -> driver.drain(region, servers));
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        String names = servers.stream().map(ServerName::value).collect(Collectors.joining(", "));
        boolean[] closed = {false};
        ledger.act(
                act(Act.Kind.DRAIN, Optional.of(region), "closing what is connected to " + names),
                () -> closed[0] = driver.disconnect(region, servers));
        return closed[0];
    }

    @Override
    public Duration healthWithin() {
        return driver.healthWithin();
    }

    @Override
    public URI address() {
        return driver.address();
    }

    @Override
    public List<String> pending() throws InterruptedException {
        return driver.pending();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return driver.staying();
    }

    @Override
    public void destroyAll() throws InterruptedException {
        ledger.act(act(Act.Kind.DESTROY, Optional.empty(), "the edge"), driver::destroyAll);
    }

    @Override
    public void close() {
        driver.close();
    }

    private static Act act(Act.Kind kind, Optional<RegionName> region, String detail) {
        return new Act(kind, region, Optional.empty(), detail);
    }
}
