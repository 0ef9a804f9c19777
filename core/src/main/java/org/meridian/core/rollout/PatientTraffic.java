package org.meridian.core.rollout;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.TrafficDriver;

/**
 * A traffic driver that is asked again, since an edge may restart in the midst of a rollout. Each time is an act of its own
 * in the ledger, so that a lock that was taken away meanwhile is noticed.
 */
record PatientTraffic(TrafficDriver driver, Patience patience) implements TrafficDriver {
    @Override
    public List<Pool> observe() throws InterruptedException {
        return patience.look(driver::observe);
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return patience.look(() -> driver.observe(region));
    }

    @Override
    public void prepare() throws InterruptedException {
        patience.act(driver::prepare);
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        patience.act(() -> driver.apply(target));
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        patience.act(() -> driver.drain(region, servers));
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        return patience.result(() -> driver.disconnect(region, servers));
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
        patience.act(driver::destroyAll);
    }

    @Override
    public void close() {
        driver.close();
    }
}
