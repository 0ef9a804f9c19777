package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.model.Region;
import org.meridian.core.model.Server;

/** Makes a machine boot again, and waits until it has. */
public final class RebootMachine {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final World world;

    /** In this world. */
    public RebootMachine(World world) {
        this.world = requireNonNull(world, "world is null");
    }

    /** Reboots the machine that has this server; throws a Failure where it does not come back. */
    public void run(Region region, Server server) throws InterruptedException {
        String before = world.hosts().boot(server);
        world.hosts().reboot(server);
        String machine = server.machine().name().value();
        new Wait(machine + " to boot", WITHIN, LOOK_EVERY)
                .until(
                        world,
                        region.name(),
                        () -> back(region, server, before),
                        () -> "",
                        () -> Diagnostic.of(
                                "machine-not-back",
                                machine + " did not come back within " + Durations.spoken(WITHIN)
                                        + " after it was told to reboot",
                                "See its console at its provider. It has no users; once it runs again, 'meridian scale' gives"
                                        + " them back."));
    }

    /** It may have another address than before. */
    private boolean back(Region region, Server server, String before) throws InterruptedException {
        Optional<Server> now = world.fleets()
                .observe(region)
                .server(server.name())
                .filter(seen ->
                        seen.state() == Server.State.RUNNING && seen.address().isPresent());
        return now.isPresent() && !world.hosts().boot(now.get()).equals(before);
    }
}
