package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.Region;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Servers as containers of this machine's Docker Engine, each booting like a virtual machine. */
public final class LocalFleet implements FleetDriver {
    private static final String AGAIN = "Run the command again; 'docker info' tells whether the engine is well.";

    private final ServerCommands commands;
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
    public LocalFleet(
            LocalNames names,
            LocalImage image,
            LocalRegistry registry,
            Supplier<UserData> userData,
            CommandRunner docker,
            LocalDirectory keys,
            Ownership ownership) {
        this.commands = new ServerCommands(names);
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
    public FleetView observe() throws InterruptedException {
        List<LocalServer> found = servers();
        Map<ServerName, Server> known = new ConcurrentHashMap<>();
        Parallel.forEach(found, server -> known.put(server.name(), server.toServer(hostKeys.of(server))));
        return FleetView.whole(found.stream()
                .map(server -> requireNonNull(known.get(server.name())))
                .toList());
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        ServerSize.of(region);
        List<LocalServer> there = servers().stream()
                .filter(server -> server.region().equals(region.name()))
                .toList();
        ownership.requireFree(wanted, plain(there));
        List<LocalServer> present =
                there.stream().filter(server -> ownership.owns(server.store())).toList();
        List<LocalServer> kept =
                present.stream().filter(server -> fulfilsOne(server, wanted)).toList();
        List<ServerSpec> missing = wanted.stream()
                .filter(spec -> kept.stream().noneMatch(server -> server.spec().equals(spec)))
                .toList();
        Parallel.forEach(
                present.stream().filter(server -> !kept.contains(server)).toList(), this::remove);
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
        List<LocalServer> servers = servers();
        ownership.requireOwn(plain(servers));
        Parallel.forEach(servers, this::remove);
        registry.destroy();
        networks.removeAll();
    }

    private static List<Server> plain(List<LocalServer> servers) {
        return servers.stream().map(server -> server.toServer(Optional.empty())).toList();
    }

    private static boolean fulfilsOne(LocalServer server, List<ServerSpec> wanted) {
        return server.whole() && wanted.contains(server.spec());
    }

    private List<LocalServer> servers() throws InterruptedException {
        List<String> ids = lines(docker.run(commands.list("server")));
        if (ids.isEmpty()) {
            return List.of();
        }
        CommandResult inspected = docker.run(commands.inspect(ids));
        // One that went since it was listed is no failure.
        if (!inspected.succeeded() && !inspected.errors().contains("No such container")) {
            inspected.expect("inspecting the app's servers", AGAIN);
        }
        return inspected.output().lines().map(LocalServer::parse).toList();
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

    private void create(Region region, List<ServerSpec> missing) throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        checkNetworks(region);
        networks.ensure(region.name());
        String port = Integer.toString(registry.ensure(region.name()));
        String reference = image.reference();
        Parallel.forEach(missing, spec -> create(region, spec, reference, port));
        List<LocalServer> made = servers().stream()
                .filter(server -> missing.contains(server.spec()))
                .toList();
        // Whoever made a server wants to log in next; a key that does not come is for the caller to notice.
        Parallel.forEach(made, hostKeys::await);
    }

    private void create(Region region, ServerSpec spec, String reference, String port) throws InterruptedException {
        CommandResult created =
                docker.run(commands.create(region, spec, ownership.mark(), reference, registry.host(), port));
        if (created.errors().contains("is already in use by container")) {
            throw taken(spec.name());
        }
        created.expect("creating the server " + spec.name(), AGAIN);
        docker.run(ServerCommands.seed(spec.name(), userData.get()))
                .expect("giving " + spec.name() + " its user data", AGAIN);
        for (String network : region.networks()) {
            docker.run(NetworkCommands.connect(network, spec.name().value()))
                    .expect("connecting " + spec.name() + " to the network " + network, AGAIN);
        }
        start(spec.name());
    }

    private static Failure taken(ServerName server) {
        return Failure.of(Diagnostic.of(
                "name-taken",
                "a container named " + server + " exists and is not one of this app's servers there",
                "Look at it with 'docker inspect " + server + "', and remove it if it is of no use."));
    }

    private void revive(LocalServer server) throws InterruptedException {
        if (server.paused()) {
            docker.run(ServerCommands.unpause(server.name())).expect("resuming " + server.name(), AGAIN);
        } else if (!server.running()) {
            start(server.name());
        }
    }

    private void start(ServerName server) throws InterruptedException {
        docker.run(ServerCommands.start(server)).expect("starting the server " + server, AGAIN);
    }

    private void remove(LocalServer server) throws InterruptedException {
        CommandResult removed = docker.run(ServerCommands.remove(List.of(server.id())));
        if (!removed.errors().contains("No such container")) {
            removed.expect("removing the server " + server.name(), AGAIN);
        }
    }

    private static List<String> lines(CommandResult listed) {
        return listed.expect("asking Docker what there is of the app", AGAIN)
                .lines()
                .toList();
    }
}
