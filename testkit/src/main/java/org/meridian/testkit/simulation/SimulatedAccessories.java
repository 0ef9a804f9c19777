package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Kept;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.OpenBackup;

/** What one deployer does by hand with the services that keep data on the primary's first machine. */
class SimulatedAccessories implements Accessories {
    private static final int MACHINE = 1;

    private final SimulatedWorld world;
    private final Deployer deployer;
    private final RegionName region;
    private final ServerName home;

    SimulatedAccessories(SimulatedWorld world, Deployer deployer) {
        this.world = world;
        this.deployer = deployer;
        this.region = world.app.primary();
        this.home = Kept.home(world.app.name());
    }

    @Override
    public Optional<Server> place() {
        return Optional.of(new Server(
                home,
                region,
                new ReleaseId(1),
                "",
                Optional.of("10.1.0.1"),
                Optional.of("ssh-ed25519 key of a machine"),
                Server.State.RUNNING));
    }

    @Override
    public List<Accessory> list(Server place) {
        requireReached();
        return world.data.on(region, MACHINE).stream()
                .map(name -> new Accessory(name, "", "running", "", Optional.empty(), Backups.NONE, List.of()))
                .toList();
    }

    @Override
    public void restart(Server place, String service, Duration within) throws InterruptedException {
        act(() -> world.data.startAgain(region, MACHINE, service));
    }

    @Override
    public void replace(Server place, Installation installation, String service, Duration within)
            throws InterruptedException {
        act(() -> world.data.startAgain(region, MACHINE, service));
    }

    @Override
    public List<String> remove(Server place, String service) throws InterruptedException {
        act(() -> world.data.remove(region, MACHINE, service));
        return List.of();
    }

    @Override
    public String backUp(Server place, String service, OpenBackup backup, Duration within) {
        throw new UnsupportedOperationException("nobody makes backups in a simulation");
    }

    @Override
    public void schedule(Server place, Map<String, OpenBackup> backups) {
        throw new UnsupportedOperationException("nobody makes backups in a simulation");
    }

    @Override
    public List<String> backups(Server place, String service, OpenBackup backup) {
        return List.of();
    }

    @Override
    public String restore(Server place, String service, OpenBackup backup, Optional<String> name, Duration within) {
        throw new UnsupportedOperationException("there are no backups in a simulation");
    }

    private void act(Runnable change) throws InterruptedException {
        world.effect(deployer, Effect.ACCESSORY, region, home, () -> {
            requireReached();
            change.run();
        });
        deployer.idle();
    }

    private void requireReached() {
        if (!world.conditions.reachable(region, world.scheduler.nanos())) {
            throw Failure.noAnswer(
                    Diagnostic.of(HostDriver.UNREACHABLE, home + ": no connection", "See whether the machine runs."));
        }
    }
}
