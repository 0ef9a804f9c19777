package org.meridian.testkit.simulation;

import java.time.Duration;

/** What is done with faults. */
final class Faults {
    private Faults() {}

    /** The same fault, one command earlier. */
    static Fault earlier(Fault fault) {
        int step = fault.step() - 1;
        return switch (fault) {
            case Fault.Calls f -> new Fault.Calls(step, f.effect(), f.after(), f.times(), f.how(), f.hang());
            case Fault.SlowBoot f -> new Fault.SlowBoot(step, f.server(), f.longer());
            case Fault.Death f -> new Fault.Death(step, f.server(), f.after());
            case Fault.LateDeath f -> new Fault.LateDeath(step, f.server(), f.after());
            case Fault.Cut f -> new Fault.Cut(step, f.region(), f.after(), f.howLong());
            case Fault.EdgeDown f -> new Fault.EdgeDown(step, f.after(), f.howLong());
            case Fault.Flap f -> new Fault.Flap(step, f.region(), f.after(), f.howLong());
            case Fault.SlowEdge f -> new Fault.SlowEdge(step, f.sees());
            case Fault.ProxyRestart f -> new Fault.ProxyRestart(step, f.machine(), f.after(), f.lost());
            case Fault.MachineAway f -> new Fault.MachineAway(step, f.region(), f.machine(), f.after(), f.howLong());
            case Fault.StoreDown f -> new Fault.StoreDown(step, f.after(), f.howLong());
            case Fault.BadVersion f -> new Fault.BadVersion(step, f.version(), f.kind(), f.percent());
            case Fault.BadCommand f -> new Fault.BadCommand(step);
            case Fault.Kill f -> new Fault.Kill(step, f.instant());
            case Fault.Hang f -> new Fault.Hang(step, f.instant(), f.howLong());
            case Fault.ClockJump f -> new Fault.ClockJump(step, f.by());
            case Fault.SlowLooks f -> new Fault.SlowLooks(step, f.each());
            case Fault.Busy f -> new Fault.Busy(step, f.oneIn());
            case Fault.BlindStore f -> new Fault.BlindStore(step);
            case Fault.OwnKey f -> new Fault.OwnKey(step);
        };
    }

    /** Lets a fault loom; {@code deployer} is the one of its command. */
    static void bringAbout(Fault fault, SimulatedWorld world, Deployer deployer) {
        Conditions conditions = world.conditions;
        switch (fault) {
            case Fault.Calls f -> conditions.trouble(f.effect(), f.after(), f.times(), f.how(), f.hang());
            case Fault.SlowBoot f -> conditions.bootsSlowly(f.server(), f.longer());
            case Fault.Death f -> conditions.dies(f.server(), f.after());
            case Fault.LateDeath f -> lateDeath(f, world);
            case Fault.Cut f -> conditions.cut(Shape.region(f.region()), f.after(), f.howLong());
            case Fault.EdgeDown f -> edgeDown(f, world);
            case Fault.Flap f -> conditions.flap(Shape.region(f.region()), f.after(), f.howLong());
            case Fault.SlowEdge f -> conditions.edgeSees(f.sees());
            case Fault.ProxyRestart f ->
                world.proxies.restartsAt(
                        f.machine(), world.scheduler.nanos() + f.after().toNanos(), f.lost());
            case Fault.MachineAway f -> conditions.away(Shape.region(f.region()), f.machine(), f.after(), f.howLong());
            case Fault.StoreDown f -> conditions.storeDown(f.after(), f.howLong());
            case Fault.BadVersion f -> conditions.flaw(f.version(), flaw(f));
            case Fault.BadCommand f -> world.commandsFail(true);
            case Fault.Kill f -> deployer.killAfter(f.instant());
            case Fault.Hang f -> deployer.pauseAfter(f.instant(), f.howLong());
            case Fault.ClockJump f -> conditions.wallClockJumps(f.by());
            case Fault.SlowLooks f -> conditions.looksTake(f.each());
            case Fault.Busy f -> world.busy(f.oneIn());
            case Fault.BlindStore f -> world.storeSeesDeath(false);
            case Fault.OwnKey f -> world.losesKeys(deployer);
        }
        world.pools.values().forEach(SimulatedPool::changed);
    }

    /** Where users come to machines there is none. */
    private static void edgeDown(Fault.EdgeDown down, SimulatedWorld world) {
        if (!world.proxied) {
            world.conditions.edgeDown(down.after(), down.howLong());
        }
    }

    private static Flaw flaw(Fault.BadVersion bad) {
        return switch (bad.kind()) {
            case NEVER_HEALTHY -> Flaw.NEVER_HEALTHY;
            case ERRORS -> Flaw.errors(bad.percent());
            case SICKENS ->
                new Flaw(false, 0, false, Duration.ofSeconds(bad.percent()).toNanos());
            case SLOW -> new Flaw(false, 0, true, SimulatedServer.NEVER);
        };
    }

    private static void lateDeath(Fault.LateDeath death, SimulatedWorld world) {
        if (!world.servers.isEmpty()) {
            world.servers.values().stream()
                    .skip(death.server() % world.servers.size())
                    .findFirst()
                    .ifPresent(server ->
                            server.die(world.scheduler.nanos() + death.after().toNanos()));
        }
    }
}
