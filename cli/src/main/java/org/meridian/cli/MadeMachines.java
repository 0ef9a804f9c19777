package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Region;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.placement.StayingMachines;
import org.meridian.core.spi.MachineProvider.Found;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;
import org.meridian.drivers.hosts.Machine;
import org.meridian.drivers.hosts.MachineSource;
import org.meridian.drivers.ssh.SshHosts;

/** A region's machines that Meridian made and that stay. */
final class MadeMachines implements MachineSource {
    private static final Duration BOOT = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Region region;
    private final StayingMachines staying;
    private final SshHosts hosts;
    private final Tasks tasks;
    private final Time time;
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Those of one region.
     *
     * @param hosts logs in to them, and waits for their first boot
     */
    MadeMachines(Region region, StayingMachines staying, SshHosts hosts, Tasks tasks, Time time) {
        this.region = requireNonNull(region, "region is null");
        this.staying = requireNonNull(staying, "staying is null");
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        this.time = requireNonNull(time, "time is null");
    }

    @Override
    public List<Machine> machines() throws InterruptedException {
        return staying.in(region.name()).stream()
                .filter(MadeMachines::canBeReached)
                .map(this::reached)
                .toList();
    }

    private Machine reached(Found found) {
        return new Machine(
                hosts.connections().nameOf(place(found)),
                found.machine().address(),
                Optional.of(new Machine.Made(
                        found.spec().name(), found.machine().hostKey().orElseThrow())));
    }

    @Override
    public List<Diagnostic> outOfReach() throws InterruptedException {
        return staying.in(region.name()).stream()
                .filter(found -> !canBeReached(found))
                .map(found -> Diagnostic.of(
                        "machine-out-of-reach",
                        "the machine " + found.label()
                                + (found.state() == Server.State.RUNNING ? " has no address yet" : " does not run"),
                        "See at its provider what it does; 'meridian deploy' starts one that was stopped."))
                .toList();
    }

    private static boolean canBeReached(Found found) {
        return found.state() == Server.State.RUNNING
                && found.machine().address().isPresent()
                && found.machine().hostKey().isPresent();
    }

    @Override
    public void grow(int wanted) throws InterruptedException {
        staying.grow(region, wanted);
        long deadline = time.nanos() + BOOT.toNanos();
        while (true) {
            List<Diagnostic> missing = outOfReach();
            if (missing.isEmpty()) {
                break;
            }
            if (time.nanos() >= deadline) {
                throw Failure.noAnswer(missing);
            }
            time.sleep(BETWEEN_LOOKS);
        }
        tasks.forEach(staying.in(region.name()), found -> hosts.awaitBoot(place(found), BOOT));
        changes.incrementAndGet();
    }

    @Override
    public int changes() {
        return changes.get();
    }

    @Override
    public void shrink(int wanted, Set<Machine> occupied) throws InterruptedException {
        staying.shrink(
                region,
                wanted,
                occupied.stream()
                        .flatMap(machine -> machine.made().stream())
                        .map(Machine.Made::name)
                        .collect(Collectors.toSet()));
        changes.incrementAndGet();
    }

    /** The SSH driver knows servers: this stands for all that may be on the machine. */
    private static Server place(Found found) {
        return new Server(
                new ServerName(found.label()),
                found.region(),
                new ReleaseId(1),
                "",
                found.machine(),
                OptionalInt.of(1),
                found.state(),
                found.store());
    }
}
