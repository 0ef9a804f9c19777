package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.command.LocalProcesses;

/**
 * The container that HAProxy runs in, published on 127.0.0.1 and attached to each region's network.
 *
 * <p>Its configuration is kept in a volume, so it outlives a restart and even the container's removal. A container of
 * an older image is left alone, since to replace it would cut requests; one on another port is replaced.
 */
public final class LocalEdge implements EdgeMachine {
    private static final int TAR_HEADER = 512;
    private static final String AGAIN = "Run the command again; 'docker info' tells whether the engine is well.";

    private final LocalNames names;
    private final LocalEdgeCommands commands;
    private final LocalNetworks networks;
    private final LocalImage image;
    private final int port;
    private final LocalProcesses docker;

    /** The edge of an app, on the machine image, listening on that port of 127.0.0.1. */
    public LocalEdge(LocalNames names, LocalImage image, int port, LocalProcesses docker) {
        this.names = requireNonNull(names, "names is null");
        this.commands = new LocalEdgeCommands(names);
        this.networks = new LocalNetworks(names, docker);
        this.image = requireNonNull(image, "image is null");
        this.port = port;
        this.docker = requireNonNull(docker, "docker is null");
    }

    /** The one within the container, which is published elsewhere. */
    @Override
    public int port() {
        return 80;
    }

    /** Whether the container exists, running or not. */
    @Override
    public boolean exists() throws InterruptedException {
        return inspect().isPresent();
    }

    /** Whether the container runs. */
    @Override
    public boolean running() throws InterruptedException {
        return inspect().filter(Found::running).isPresent();
    }

    /** Makes the container exist, run on its port and be attached to each region's network. */
    @Override
    public void ensure(Collection<RegionName> regions) throws InterruptedException {
        Optional<Found> found = inspect();
        if (found.isPresent() && !found.get().port().equals(Integer.toString(port))) {
            docker.run(commands.remove()).expect("removing the edge from its former port", AGAIN);
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            create();
        } else if (!found.get().running()) {
            docker.run(commands.start()).expect("starting the edge on port " + port, portAdvice());
        }
        if (found.isPresent() && !found.get().share().equals(ProcessorShare.EDGE.value())) {
            // One that an older Meridian made. On an engine without shares it stays as it is.
            docker.run(commands.raise());
        }
        for (RegionName region : regions) {
            networks.attach(names.edge(), networks.ensure(region));
        }
    }

    /** Runs a command in the container to its end. */
    @Override
    public CommandResult run(Command command) throws InterruptedException {
        return docker.run(commands.inside(command));
    }

    /** Starts a command in the container whose streams the caller reads and writes, and which the caller ends. */
    @Override
    public Process open(Command command) {
        return docker.open(commands.inside(command));
    }

    /** The text of a file in the container, even while it does not run; empty when there is no such file. */
    @Override
    public Optional<String> read(String path) throws InterruptedException {
        CommandResult archive = docker.run(commands.read(path));
        if (archive.errors().contains("Could not find the file")
                || archive.errors().contains("No such container")) {
            return Optional.empty();
        }
        return Optional.of(onlyFile(archive.expect("reading " + path + " of the edge", AGAIN)));
    }

    /** Makes HAProxy take up its changed configuration without cutting a request. */
    @Override
    public void reload() throws InterruptedException {
        docker.run(commands.reload()).expect("reloading the edge", AGAIN);
    }

    /** Destroys the container and its volume; does nothing where there is none. */
    @Override
    public void destroy() throws InterruptedException {
        if (exists()) {
            docker.run(commands.remove()).expect("removing the edge", AGAIN);
        }
        docker.run(commands.removeVolume()).expect("removing the edge's volume", AGAIN);
    }

    /** Where users reach it. */
    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void create() throws InterruptedException {
        docker.run(commands.createVolume()).expect("creating the edge's volume", AGAIN);
        CommandResult started = docker.run(commands.run(image.reference(), port));
        if (!started.succeeded()) {
            // A container that could not get its port exists all the same.
            docker.run(commands.remove());
        }
        started.expect("starting the edge on port " + port, portAdvice());
    }

    private String portAdvice() {
        return "If something else listens on 127.0.0.1:" + port + ", end it or set another traffic.port.";
    }

    private Optional<Found> inspect() throws InterruptedException {
        CommandResult result = docker.run(commands.inspect());
        if (result.errors().contains("No such container")) {
            return Optional.empty();
        }
        String[] fields = result.expect("looking for the edge", AGAIN).strip().split("\t", -1);
        if (!fields[0].equals(names.app().value())) {
            throw Failure.of(Diagnostic.of(
                    "name-taken",
                    "a container named " + names.edge() + " exists and is not Meridian's",
                    "Remove it with 'docker rm -f " + names.edge() + "', or give the app another name."));
        }
        return Optional.of(new Found(fields[1].equals("true"), fields[2], fields[3]));
    }

    /** A tar archive of one file: a header, where the size stands in octal at 124, then the text (POSIX ustar). */
    private static String onlyFile(String archive) {
        int size = Integer.parseInt(archive.substring(124, 135).strip(), 8);
        return archive.substring(TAR_HEADER, TAR_HEADER + size);
    }

    private record Found(boolean running, String port, String share) {}
}
