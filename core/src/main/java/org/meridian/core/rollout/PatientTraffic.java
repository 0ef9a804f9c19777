package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/**
 * A traffic driver that is asked again for a while when it fails, since an edge may restart in the midst of a rollout.
 * That is safe because every call of the port may be repeated; and each time is an act of its own in the ledger, so that a
 * lock that was taken away meanwhile is noticed.
 */
final class PatientTraffic implements TrafficDriver {
    private static final Duration BETWEEN = Duration.ofMillis(300);

    private final TrafficDriver driver;
    private final Time time;
    private final Duration patience;
    private final Runnable stillAllowed;

    /** Asks this driver again for as long as {@code patience}, each time only if {@code stillAllowed} does not throw. */
    PatientTraffic(TrafficDriver driver, Time time, Duration patience, Runnable stillAllowed) {
        this.driver = requireNonNull(driver, "driver is null");
        this.time = requireNonNull(time, "time is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.stillAllowed = requireNonNull(stillAllowed, "stillAllowed is null");
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return patiently(driver::observe);
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return patiently(() -> driver.observe(region));
    }

    @Override
    public void prepare() throws InterruptedException {
        driver.prepare();
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        patiently(() -> {
            driver.apply(target);
            return target;
        });
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        patiently(() -> {
            driver.drain(region, servers);
            return region;
        });
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        return patiently(() -> driver.disconnect(region, servers));
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
    public void destroyAll() throws InterruptedException {
        driver.destroyAll();
    }

    @Override
    public void close() {
        driver.close();
    }

    private <T> T patiently(Call<T> call) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        while (true) {
            try {
                return call.run();
            } catch (Failure e) {
                if (watch.elapsed().compareTo(patience) >= 0 || isOfTheStore(e)) {
                    throw e;
                }
                time.sleep(BETWEEN);
                stillAllowed.run();
            }
        }
    }

    /** The ledger has been patient with it already. */
    private static boolean isOfTheStore(Failure failure) {
        return failure.diagnostic().code().equals(StateStore.UNREACHABLE);
    }

    private interface Call<T> {
        T run() throws InterruptedException;
    }
}
