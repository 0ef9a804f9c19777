package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Installation;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a release's files and images to servers; nothing of it runs then. */
final class InstallRelease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstallRelease.class);

    private final ServerShell shell;
    private final ImageSupply supply;
    private final PullLogins logins;
    private final PushedImages pushed;
    private final LogSettings logs;
    private final Function<RegionName, Publishing> publishing;
    private final Map<Placed, Set<ImageReference>> images = new ConcurrentHashMap<>();

    InstallRelease(
            ServerShell shell, ImageSupply images, LogSettings logs, Function<RegionName, Publishing> publishing) {
        this.shell = requireNonNull(shell, "shell is null");
        this.logins = new PullLogins(images.logins());
        this.supply = requireNonNull(images, "images is null");
        this.pushed = new PushedImages(images);
        this.logs = requireNonNull(logs, "logs is null").pulling(ImageMirror.through(images.mirror()));
        this.publishing = requireNonNull(publishing, "publishing is null");
    }

    /** As {@link org.meridian.core.spi.HostDriver#place} says. */
    void place(Server server, Installation installation) throws InterruptedException {
        Installation pulled = installation.pulling(supply.names(server.region()));
        remember(server, pulled.release());
        String outcome = shell.write(
                        server, shell.commands(server).place(pulled, logs, publishing.apply(server.region())))
                .expect(
                        ServerShell.on(
                                server,
                                "placing release " + installation.release().id()),
                        ServerShell.LOOK)
                .strip();
        if (outcome.startsWith("plain")) {
            LOG.warn(
                    "{}: secrets lie unencrypted in a file that only root can read; systemd-creds says: {}",
                    server.name(),
                    outcome);
        }
    }

    /** A pull names only the release. */
    private void remember(Server server, Release release) {
        images.put(
                new Placed(server.region(), release.id()),
                Set.copyOf(release.content().images().values()));
    }

    /** As {@link org.meridian.core.spi.HostDriver#pull} says. */
    void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        HostCommands commands = shell.commands(server);
        Set<ImageReference> all = images.getOrDefault(new Placed(server.region(), release), Set.of());
        Wanted wanted = new Wanted(server, commands, release, all, within);
        get(wanted, logins -> commands.pull(release, logins, within));
    }

    /**
     * The same for services of a release that are going to outlive it, from files that have a number of their own; pulls no
     * others' images.
     */
    void installOutliving(
            Server server, Installation installation, ReleaseId files, Set<String> services, Duration within)
            throws InterruptedException {
        Installation pulled = installation.pulling(supply.names(server.region()));
        HostCommands commands = shell.outliving(server);
        String ignored = shell.write(server, commands.placeKept(at(pulled, files), logs))
                .expect(ServerShell.on(server, "placing the files of what keeps data"), ServerShell.LOOK);
        Set<ImageReference> theirs = pulled.release().content().images().entrySet().stream()
                .filter(each -> services.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        Wanted wanted = new Wanted(server, commands, installation.release().id(), theirs, within);
        get(wanted, logins -> commands.pull(files, services, logins, within));
    }

    /** Brings what comes from this machine; for the rest, the server pulls with the logins that serve. */
    private void get(Wanted wanted, Function<Map<String, Secret>, Command> pull) throws InterruptedException {
        Set<ImageReference> lacking = wanted.images();
        if (lacking.stream().anyMatch(PushedImage::is)) {
            lacking = lacking(wanted);
            for (ImageReference image : lacking) {
                if (PushedImage.is(image)) {
                    bring(wanted, image);
                }
            }
            // What is there by its digest can't be another one: no registry need be asked, nor be there.
            if (lacking.stream().allMatch(PushedImage::is)) {
                return;
            }
        }
        Map<String, Secret> used = logins.of(wanted.images());
        pull(wanted, used.keySet(), pull.apply(used));
    }

    private Set<ImageReference> lacking(Wanted wanted) throws InterruptedException {
        Set<String> names = shell.run(wanted.server(), wanted.commands().lacking(wanted.images()))
                .expect(ServerShell.on(wanted.server(), "looking which images are there"), ServerShell.LOOK)
                .lines()
                .collect(Collectors.toSet());
        return wanted.images().stream()
                .filter(image -> names.contains(PushedImage.onServer(image).toString()))
                .collect(Collectors.toSet());
    }

    private static Installation at(Installation installation, ReleaseId files) {
        Release release = installation.release();
        return new Installation(
                installation.app(),
                new Release(files, release.revision(), release.createdAt(), release.label(), release.content()),
                installation.environment(),
                installation.secrets(),
                installation.hidden());
    }

    private void pull(Wanted wanted, Set<String> used, Command pull) throws InterruptedException {
        Server server = wanted.server();
        CommandResult pulled = shell.write(server, pull);
        String said = ServerShell.lastLines(pulled.errors());
        if (!pulled.succeeded() && PullLogins.overLimit(pulled.errors())) {
            throw PullLogins.limited(server, wanted.release(), used, said);
        }
        if (!pulled.succeeded() && PullLogins.refused(pulled.errors())) {
            throw PullLogins.notLetIn(server, wanted.release(), wanted.images(), used, said);
        }
        if (!pulled.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "not-pulled",
                            "the images of release " + wanted.release() + " can't be pulled to " + server.name(),
                            "See that the registry has the image and that the server can reach it.")
                    .withDetail(said + "\n" + shell.freeSpace(server)));
        }
    }

    private void bring(Wanted wanted, ImageReference image) throws InterruptedException {
        Server server = wanted.server();
        CommandResult brought = pushed.bring(shell.connections().to(server), wanted.commands(), image, wanted.within());
        if (!brought.succeeded()) {
            shell.requireRoom(server, brought);
            throw Failure.of(Diagnostic.of(
                            "not-pushed",
                            "the image of release " + wanted.release() + " can't be brought to " + server.name()
                                    + " from this machine",
                            "Run the command again: what is there already is not sent again. " + otherwise(image))
                    .withDetail(ServerShell.lastLines(brought.errors())));
        }
    }

    private String otherwise(ImageReference image) {
        return PushedImage.isRelayed(image)
                ? "Where it says that access is denied, run 'docker login "
                        + supply.relay().registry() + "' here."
                : "Where it says that the image is unknown, run it on the machine that deployed this release.";
    }

    @Override
    public void close() {
        pushed.close();
    }

    /** A release in a region, whose servers know its images by the same names. */
    private record Placed(RegionName region, ReleaseId release) {}

    /** The images that a server is to have, and how that is made so. */
    private record Wanted(
            Server server, HostCommands commands, ReleaseId release, Set<ImageReference> images, Duration within) {}
}
