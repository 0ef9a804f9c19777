package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Machines as containers of this machine's Docker Engine, each booting like a virtual machine. */
public final class LocalMachines implements MachineProvider {
    private static final String AGAIN = "Run the command again; 'docker info' tells whether the engine is well.";

    private final MachineCommands commands;
    private final LocalImage image;
    private final LocalRegistry registry;
    private final LocalNetworks networks;
    private final Supplier<UserData> userData;
    private final CommandRunner docker;
    private final HostKeys hostKeys;
    private final Ownership ownership;

    /**
     * Servers of this app, made from {@code image} with this user data by running {@code docker}; the host keys learned
     * from the engine are pinned in {@code keys}, and only what is its own by {@code ownership} is changed.
     */
    public LocalMachines(
            LocalNames names,
            LocalImage image,
            LocalRegistry registry,
            Supplier<UserData> userData,
            CommandRunner docker,
            LocalDirectory keys,
            Ownership ownership) {
        this.commands = new MachineCommands(names);
        this.image = requireNonNull(image, "image is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.networks = new LocalNetworks(names, docker);
        this.userData = requireNonNull(userData, "userData is null");
        this.docker = requireNonNull(docker, "docker is null");
        this.hostKeys = new HostKeys(new HostKeyFile(keys, "host-keys"), docker);
        this.ownership = requireNonNull(ownership, "ownership is null");
    }

    @Override
    public String provider() {
        return "local";
    }

    @Override
    public List<Found> observe() throws InterruptedException {
        List<LocalMachine> found = machines();
        Map<MachineName, Found> known = new ConcurrentHashMap<>();
        Parallel.forEach(found, machine -> known.put(machine.name(), machine.seen(hostKeys.of(machine))));
        return found.stream()
                .map(machine -> requireNonNull(known.get(machine.name())))
                .toList();
    }

    @Override
    public void converge(Region region, List<MachineSpec> wanted) throws InterruptedException {
        ServerSize.of(region);
        List<LocalMachine> there = machines().stream()
                .filter(machine -> machine.region().equals(region.name()))
                .toList();
        ownership.requireFree(wanted.stream().map(spec -> spec.name().value()).collect(Collectors.toSet()), there);
        List<LocalMachine> present = there.stream()
                .filter(machine -> ownership.owns(machine.store()))
                .toList();
        List<LocalMachine> kept =
                present.stream().filter(machine -> fulfilsOne(machine, wanted)).toList();
        List<MachineSpec> missing = wanted.stream()
                .filter(spec ->
                        kept.stream().noneMatch(machine -> machine.spec().equals(spec)))
                .toList();
        Parallel.forEach(
                present.stream().filter(machine -> !kept.contains(machine)).toList(), this::remove);
        Parallel.forEach(kept, this::revive);
        create(region, missing);
    }

    @Override
    public OptionalInt startsAtOnce() {
        return OptionalInt.of(StartBudget.startsAtOnce());
    }

    @Override
    public List<String> staying() throws InterruptedException {
        List<String> staying = new ArrayList<>();
        if (registry.exists()) {
            staying.add("the local registry");
        }
        if (networks.exist()) {
            staying.add("a Docker network for each region");
        }
        return staying;
    }

    @Override
    public void destroyAll() throws InterruptedException {
        List<LocalMachine> machines = machines();
        ownership.requireOwn(machines);
        Parallel.forEach(machines, this::remove);
        registry.destroy();
        networks.removeAll();
    }

    private static boolean fulfilsOne(LocalMachine machine, List<MachineSpec> wanted) {
        return machine.whole() && wanted.contains(machine.spec());
    }

    private List<LocalMachine> machines() throws InterruptedException {
        List<String> ids = lines(docker.run(commands.list()));
        if (ids.isEmpty()) {
            return List.of();
        }
        CommandResult inspected = docker.run(commands.inspect(ids));
        // One that went since it was listed is no failure.
        if (!inspected.succeeded() && !inspected.errors().contains("No such container")) {
            inspected.expect("inspecting the app's machines", AGAIN);
        }
        return inspected.output().lines().map(LocalMachine::parse).toList();
    }

    private void checkNetworks(Region region) throws InterruptedException {
        for (String network : region.networks()) {
            if (!docker.run(NetworkCommands.labelOf(network)).succeeded()) {
                throw Failure.usage(Diagnostic.of(
                        "unknown-network",
                        "regions." + region.name() + ".networks names '" + network
                                + "', and there is no such Docker network",
                        "Make it with 'docker network create " + network + "', or take it out of the list."));
            }
        }
    }

    private void create(Region region, List<MachineSpec> missing) throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        checkNetworks(region);
        networks.ensure(region.name());
        String port = Integer.toString(registry.ensure(region.name()));
        String reference = image.reference();
        Parallel.forEach(missing, spec -> create(region, spec, reference, port));
        List<LocalMachine> made = machines().stream()
                .filter(machine -> missing.contains(machine.spec()))
                .toList();
        // Whoever made a server wants to log in next; a key that does not come is for the caller to notice.
        Parallel.forEach(made, hostKeys::await);
    }

    private void create(Region region, MachineSpec spec, String reference, String port) throws InterruptedException {
        CommandResult created =
                docker.run(commands.create(region, spec, ownership.mark(), reference, registry.host(), port));
        if (created.errors().contains("is already in use by container")) {
            throw taken(spec.name());
        }
        created.expect("creating the machine " + spec.name(), AGAIN);
        docker.run(MachineCommands.seed(spec.name(), userData.get()))
                .expect("giving " + spec.name() + " its user data", AGAIN);
        for (String network : region.networks()) {
            docker.run(NetworkCommands.connect(network, spec.name().value()))
                    .expect("connecting " + spec.name() + " to the network " + network, AGAIN);
        }
        start(spec.name());
    }

    private static Failure taken(MachineName machine) {
        return Failure.of(Diagnostic.of(
                "name-taken",
                "a container named " + machine + " exists and is not one of this app's machines there",
                "Look at it with 'docker inspect " + machine + "', and remove it if it is of no use."));
    }

    private void revive(LocalMachine machine) throws InterruptedException {
        if (machine.paused()) {
            docker.run(MachineCommands.unpause(machine.name())).expect("resuming " + machine.name(), AGAIN);
        } else if (!machine.running()) {
            start(machine.name());
        }
    }

    private void start(MachineName machine) throws InterruptedException {
        docker.run(MachineCommands.start(machine)).expect("starting " + machine, AGAIN);
    }

    private void remove(LocalMachine machine) throws InterruptedException {
        CommandResult removed = docker.run(MachineCommands.remove(List.of(machine.id())));
        if (!removed.errors().contains("No such container")) {
            removed.expect("removing the server " + machine.name(), AGAIN);
        }
    }

    private static List<String> lines(CommandResult listed) {
        return listed.expect("asking Docker what there is of the app", AGAIN)
                .lines()
                .toList();
    }
}
