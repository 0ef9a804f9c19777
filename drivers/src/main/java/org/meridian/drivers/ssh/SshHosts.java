package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.AppName;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.Time;

/** Works on servers over SSH; no agent runs there. */
public final class SshHosts implements HostDriver {
    private static final Duration LOG_IN = Duration.ofSeconds(10);

    private final ServerShell shell;
    private final AwaitBoot boot;
    private final InstallRelease install;
    private final KeepServices keepServices;
    private final RunRelease releases;
    private final RunDuties duties;

    /**
     * The servers of an app.
     *
     * @param app         the app
     * @param connections the ways to its servers
     * @param images      where they get images from
     * @param logs        what becomes of what containers write
     * @param time        for the waits between two tries to connect
     */
    public SshHosts(
            AppName app,
            ServerConnections connections,
            ImageSupply images,
            LogSettings logs,
            Function<RegionName, Publishing> publishing,
            Time time) {
        this.shell = new ServerShell(app, connections);
        this.boot = new AwaitBoot(shell, time);
        this.install = new InstallRelease(shell, requireNonNull(images, "images is null"), logs, publishing);
        this.keepServices = new KeepServices(shell, install);
        this.releases = new RunRelease(shell);
        this.duties = new RunDuties(shell);
    }

    /** Why the server's logs are not shipped; empty where they are, or where none are to be. Changes nothing there. */
    public Optional<Diagnostic> shippingProblem(Server server) throws InterruptedException {
        String why = shell.run(server, shell.commands(server).shipping())
                .expect(ServerShell.on(server, "looking whether logs are shipped"), ServerShell.LOOK)
                .strip();
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.of(
                                "logs-not-shipped",
                                "logs of " + server.name() + " are not shipped: "
                                        + why.lines().findFirst().orElse(""),
                                "See 'docker logs' of its container meridian-vector, and 'logs' in the configuration.")
                        .withDetail(why));
    }

    /** The ways to the servers. */
    public ServerConnections connections() {
        return shell.connections();
    }

    @Override
    public String boot(Server server) throws InterruptedException {
        return boot.which(server);
    }

    @Override
    public void reboot(Server server) throws InterruptedException {
        boot.again(server);
    }

    /** Services that outlive releases. */
    KeepServices kept() {
        return keepServices;
    }

    @Override
    public void logIn(Server server) throws InterruptedException {
        shell.connections().to(server).connect(LOG_IN);
    }

    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        boot.run(server, within);
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        install.place(server, installation);
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        install.pull(server, release, within);
    }

    @Override
    public List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException {
        return keepServices.keep(server, installation, within);
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        releases.start(server, release, within);
    }

    @Override
    public void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException {
        duties.startWorkers(server, release, workers, within);
    }

    @Override
    public void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        duties.endWorkers(server, release, but);
    }

    @Override
    public void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        duties.awaitWorkersEnded(server, release, within);
    }

    @Override
    public void startJobs(
            Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException {
        duties.startJobs(server, release, jobs, since, within);
    }

    @Override
    public void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        duties.endJobs(server, release, but);
    }

    @Override
    public Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within)
            throws InterruptedException {
        return duties.awaitJobsEnded(server, release, within);
    }

    @Override
    public void forgetJobs(Server server, ReleaseId release) throws InterruptedException {
        duties.forgetJobs(server, release);
    }

    @Override
    public HealthAnswer health(Server server, Release release) throws InterruptedException {
        return releases.health(server, release);
    }

    @Override
    public CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        return releases.once(server, release, service, command, within);
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) throws InterruptedException {
        return releases.recentLogs(server, release, lines);
    }

    @Override
    public void forget(ServerName server) {
        shell.connections().forget(server);
    }

    @Override
    public void close() {
        install.close();
        shell.connections().close();
    }
}
