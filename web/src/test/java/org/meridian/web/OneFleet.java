package org.meridian.web;

import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Region;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;

/** The fleets of a live simulation. */
final class OneFleet implements FleetDriver {
    private final String provider;
    private final Fleets fleets;
    private final LiveSimulation simulation;

    OneFleet(String provider, Fleets fleets, LiveSimulation simulation) {
        this.provider = provider;
        this.fleets = fleets;
        this.simulation = simulation;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public FleetView observe() throws InterruptedException {
        return in(() -> fleets.observe());
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        boolean ignored = in(() -> {
            fleets.converge(region, wanted);
            return true;
        });
    }

    @Override
    public void destroyAll() throws InterruptedException {
        boolean ignored = in(() -> {
            fleets.destroyAll();
            return true;
        });
    }

    private <T> T in(Callable<T> call) throws InterruptedException {
        try {
            return simulation.in(call);
        } catch (InterruptedException | Failure e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
