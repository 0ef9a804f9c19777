package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private final PullLogins logins;
    private final PushedImages pushed;
    private final LogSettings logs;
    private final Function<RegionName, Publishing> publishing;
    private final UnaryOperator<ImageReference> pulledAs;
    private final Map<ReleaseId, Set<ImageReference>> images = new ConcurrentHashMap<>();

    InstallRelease(
            ServerShell shell, ImageSupply images, LogSettings logs, Function<RegionName, Publishing> publishing) {
        this.shell = requireNonNull(shell, "shell is null");
        this.logins = new PullLogins(images.logins());
        this.pushed = new PushedImages(images.pushed());
        this.pulledAs = ImageMirror.through(images.mirror());
        this.logs = requireNonNull(logs, "logs is null").pulling(pulledAs);
        this.publishing = requireNonNull(publishing, "publishing is null");
    }

    /** As {@link org.meridian.core.spi.HostDriver#place} says. */
    void place(Server server, Installation installation) throws InterruptedException {
        Installation pulled = installation.pulling(pulledAs);
        remember(pulled.release());
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

    /** As {@link org.meridian.core.spi.HostDriver#pull} says. */
    void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        Set<ImageReference> all = imagesOf(release);
        if (all.stream().noneMatch(PushedImage::is)) {
            pullRest(server, release, all, within);
            return;
        }
        Set<ImageReference> lacking = lacking(server, all);
        for (ImageReference image : lacking) {
            if (PushedImage.is(image)) {
                bring(server, release, image, within);
            }
        }
        // What is there by its digest can't be another one: no registry need be asked, nor be there.
        if (lacking.stream().anyMatch(image -> !PushedImage.is(image))) {
            pullRest(server, release, all, within);
        }
    }

    private void pullRest(Server server, ReleaseId release, Set<ImageReference> images, Duration within)
            throws InterruptedException {
        Map<String, Secret> used = logins.of(images);
        pull(server, release, used.keySet(), shell.commands(server).pull(release, used, within));
    }

    /** A pull names only the release. */
    private void remember(Release release) {
        images.put(release.id(), Set.copyOf(release.content().images().values()));
    }

    private Set<ImageReference> imagesOf(ReleaseId release) {
        return images.getOrDefault(release, Set.of());
    }

    private Set<ImageReference> lacking(Server server, Set<ImageReference> images) throws InterruptedException {
        Set<String> names = shell.run(server, shell.commands(server).lacking(images))
                .expect(ServerShell.on(server, "looking which images are there"), ServerShell.LOOK)
                .lines()
                .collect(Collectors.toSet());
        return images.stream()
                .filter(image -> names.contains(PushedImage.onServer(image).toString()))
                .collect(Collectors.toSet());
    }

    /**
     * The same for services of a release that are going to outlive it, from files that have a number of their own; pulls no
     * others' images.
     */
    void installOutliving(
            Server server, Installation installation, ReleaseId files, Set<String> services, Duration within)
            throws InterruptedException {
        Installation pulled = installation.pulling(pulledAs);
        remember(pulled.release());
        HostCommands commands = shell.outliving(server);
        String ignored = shell.write(server, commands.placeKept(at(pulled, files), logs))
                .expect(ServerShell.on(server, "placing the files of what keeps data"), ServerShell.LOOK);
        ReleaseId release = installation.release().id();
        Map<String, Secret> used = logins.of(imagesOf(release));
        pull(server, release, used.keySet(), commands.pull(files, services, used, within));
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

    private void pull(Server server, ReleaseId release, Set<String> used, Command pull) throws InterruptedException {
        CommandResult pulled = shell.write(server, pull);
        String said = ServerShell.lastLines(pulled.errors());
        if (!pulled.succeeded() && PullLogins.overLimit(pulled.errors())) {
            throw PullLogins.limited(server, release, used, said);
        }
        if (!pulled.succeeded() && PullLogins.refused(pulled.errors())) {
            throw PullLogins.notLetIn(server, release, imagesOf(release), used, said);
        }
        if (!pulled.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "not-pulled",
                            "the images of release " + release + " can't be pulled to " + server.name(),
                            "See that the registry has the image and that the server can reach it.")
                    .withDetail(said + "\n" + shell.freeSpace(server)));
        }
    }

    private void bring(Server server, ReleaseId release, ImageReference image, Duration within)
            throws InterruptedException {
        CommandResult brought = pushed.bring(shell.connections().to(server), shell.commands(server), image, within);
        if (!brought.succeeded()) {
            shell.requireRoom(server, brought);
            throw Failure.of(Diagnostic.of(
                            "not-pushed",
                            "the image of release " + release + " can't be brought to " + server.name()
                                    + " from this machine",
                            "Run the command again: what is there already is not sent again. Where it says that the image is"
                                    + " unknown, run it on the machine that deployed this release.")
                    .withDetail(ServerShell.lastLines(brought.errors())));
        }
    }

    @Override
    public void close() {
        pushed.close();
    }
}
