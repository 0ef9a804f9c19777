package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Makes and removes the Docker networks of an app, one for each region. */
public final class LocalNetworks {
    /** Docker keeps network names unique only when nobody creates at the same time. */
    private static final Object CREATING = new Object();

    private final LocalNames names;
    private final NetworkCommands commands;
    private final CommandRunner docker;

    /** Networks of this app, made by running {@code docker}. */
    public LocalNetworks(LocalNames names, CommandRunner docker) {
        this.names = requireNonNull(names, "names is null");
        this.commands = new NetworkCommands(names);
        this.docker = requireNonNull(docker, "docker is null");
    }

    /** Makes the region's network if it is not there, and returns its name; fails when the name is somebody else's. */
    public String ensure(RegionName region) throws InterruptedException {
        String network = names.network(region);
        synchronized (CREATING) {
            CommandResult label = docker.run(NetworkCommands.labelOf(network));
            if (!label.succeeded()) {
                docker.run(commands.create(region))
                        .expect(
                                "creating the Docker network " + network,
                                "See whether Docker has addresses left:"
                                        + " 'docker network prune' removes unused networks.");
            } else if (!label.output().strip().equals(names.app().value())) {
                throw Failure.of(Diagnostic.of(
                        "name-taken",
                        "the Docker network " + network + " exists and is not Meridian's",
                        "Remove it with 'docker network rm " + network + "', or give the app another name."));
            }
        }
        return network;
    }

    /** Attaches a container to a network under its own name; does nothing when it is attached. */
    public void attach(String container, String network) throws InterruptedException {
        CommandResult networks = docker.run(NetworkCommands.networksOf(container));
        if (networks.output().lines().anyMatch(network::equals)) {
            return;
        }
        CommandResult result = docker.run(NetworkCommands.connect(network, container));
        if (!result.errors().contains("already exists")) {
            result.expect("connecting " + container + " to the network " + network, "Run the command again.");
        }
    }

    /** Whether the app has any. */
    boolean exist() throws InterruptedException {
        return docker.run(commands.ofApp()).output().lines().anyMatch(id -> !id.isBlank());
    }

    /** Removes the app's networks, whatever is still attached to them; what is attached stays. */
    public void removeAll() throws InterruptedException {
        String found = docker.run(commands.ofApp()).expect("listing the app's networks", "Run the command again.");
        for (String network : found.lines().toList()) {
            for (String container : docker.run(NetworkCommands.members(network))
                    .output()
                    .lines()
                    .filter(id -> !id.isBlank())
                    .toList()) {
                docker.run(NetworkCommands.disconnect(network, container));
            }
            CommandResult removed = docker.run(NetworkCommands.remove(network));
            if (!isGone(removed)) {
                removed.expect("removing the Docker network " + network, "Run the command again.");
            }
        }
    }

    private static boolean isGone(CommandResult removed) {
        return removed.errors().contains("not found") || removed.errors().contains("No such network");
    }
}
