package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/**
 * The registry of the local world: takes images from this machine's engine and gives them to every server.
 *
 * <p>It answers on 127.0.0.1 at one port here, and at the same address inside every server, so that one reference is
 * good everywhere.
 */
public final class LocalRegistry implements ImageRegistry {
    /** The port that it listens on in its container. */
    static final int PORT = 5000;

    private static final System.Logger LOG = System.getLogger(LocalRegistry.class.getName());

    private final LocalNames names;
    private final RegistryServer server;
    private final CommandRunner docker;
    private int answeredAt;
    private boolean hasServers;

    /** The registry of this app, made from {@code image} by running {@code docker}. */
    public LocalRegistry(LocalNames names, LocalImage image, CommandRunner docker) {
        this.names = requireNonNull(names, "names is null");
        this.server = new RegistryServer(names, image, docker);
        this.docker = requireNonNull(docker, "docker is null");
    }

    @Override
    public ImageReference resolve(ImageReference image) throws InterruptedException {
        int port = port();
        String here = "127.0.0.1:" + port + "/";
        if (image.repository().startsWith(here) && image.digest().isPresent()) {
            return image;
        }
        String id = imageId(image);
        ImageReference name = nameHere(here, image, id);
        Optional<String> digest = RegistryServer.digest(port, name);
        if (digest.isEmpty()) {
            // It may also have stopped since it answered last; it keeps its port.
            server.ensure();
            push(id, name);
            digest = RegistryServer.digest(port, name);
        }
        return name.withDigest(digest.orElseThrow(() -> Failure.of(Diagnostic.of(
                "push-failed",
                "the local registry does not have " + name + " although it was pushed",
                "See 'docker logs' of the registry's container, then run the command again."))));
    }

    /** The registry's port; that it runs is looked at once a command, and again before servers are made. */
    private synchronized int port() throws InterruptedException {
        if (answeredAt == 0) {
            answeredAt = server.ensure();
        }
        return answeredAt;
    }

    /** The name by which it is found in the networks that it is attached to. */
    String host() {
        return names.registry();
    }

    /** Makes the registry run and reachable in a region's network; returns its port on 127.0.0.1. */
    int ensure(RegionName region) throws InterruptedException {
        synchronized (this) {
            hasServers = true;
        }
        return server.ensure(region);
    }

    /** Makes it run for servers elsewhere, to which somebody brings its images; returns its port on 127.0.0.1. */
    public int serve() throws InterruptedException {
        synchronized (this) {
            hasServers = true;
        }
        return port();
    }

    /** Whether this machine's engine has an image, without asking anybody else. */
    public boolean has(ImageReference image) throws InterruptedException {
        return docker.run(RegistryCommands.imageId(image)).succeeded();
    }

    /** A command that only looked, such as the plan of an app that was never deployed, leaves no registry behind. */
    @Override
    public synchronized void close() {
        if (server.madeHere() && !hasServers) {
            try {
                server.destroy();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Failure e) {
                LOG.log(Level.DEBUG, "the local registry stays", e);
            }
        }
    }

    /** Whether there is one, running or not. */
    boolean exists() throws InterruptedException {
        return server.exists();
    }

    /** Ends it and removes what it holds. */
    public void destroy() throws InterruptedException {
        server.destroy();
    }

    /** The image's id in this machine's engine, which gets it first if it can. */
    private String imageId(ImageReference image) throws InterruptedException {
        CommandResult here = docker.run(RegistryCommands.imageId(image));
        if (!here.succeeded()) {
            CommandResult pulled = docker.run(RegistryCommands.pull(image));
            here = docker.run(RegistryCommands.imageId(image));
            if (!here.succeeded()) {
                throw noSuchImage(image, pulled);
            }
        }
        return here.output().strip();
    }

    private static Failure noSuchImage(ImageReference image, CommandResult pulled) {
        return Failure.usage(Diagnostic.of(
                        "no-such-image",
                        "there is no image " + image + ": neither this machine's Docker Engine has it nor can it be"
                                + " pulled",
                        "Build it here, or get it with 'docker pull " + image
                                + "'. If it is the app's own image, --tag or --image names another.")
                .withDetail(pulled.errors().strip()));
    }

    /** Its name in this registry: the id is part of the tag, so what has the tag need not be pushed again. */
    private static ImageReference nameHere(String here, ImageReference image, String id) {
        String shortId = id.substring(id.indexOf(':') + 1).substring(0, 12);
        String tag = image.tag().map(written -> limited(written) + "-").orElse("") + shortId;
        return new ImageReference(here + path(image), Optional.of(tag), Optional.empty());
    }

    private static String limited(String tag) {
        return tag.substring(0, Math.min(tag.length(), 100));
    }

    /** The repository without the registry's host, which is a first part with a dot, a port, or localhost. */
    private static String path(ImageReference image) {
        String repository = image.repository();
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return (host ? repository.substring(slash + 1) : repository).toLowerCase(Locale.ROOT);
    }

    private void push(String id, ImageReference name) throws InterruptedException {
        docker.run(RegistryCommands.tag(id, name)).expect("tagging " + name, "Run the command again.");
        try {
            docker.run(RegistryCommands.push(name))
                    .expect(
                            "pushing " + name + " to the local registry",
                            "See whether the disk is full, then run again.");
        } finally {
            docker.run(RegistryCommands.untag(name));
        }
    }
}
