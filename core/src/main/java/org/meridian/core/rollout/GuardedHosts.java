package org.meridian.core.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.meridian.core.model.Act;
import org.meridian.core.model.HostKeyName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;

/** A host driver whose every change is in the ledger. */
record GuardedHosts(HostDriver driver, Ledger ledger) implements HostDriver {
    @Override
    public void logIn(Server server) throws InterruptedException {
        driver.logIn(server);
    }

    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        driver.awaitBoot(server, within);
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        ledger.act(
                act(Act.Kind.PLACE, server, installation.release().id() + firstHostKey(server)),
                () -> driver.place(server, installation));
    }

    /** From now on its first host key is no proof of who it is (FirstHostKeys). */
    private static String firstHostKey(Server server) {
        return server.machine().listed().isPresent()
                ? ""
                : server.hostKey()
                        .map(key -> ", host key " + HostKeyName.of(key))
                        .orElse("");
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        ledger.act(act(Act.Kind.PULL, server, release.toString()), () -> driver.pull(server, release, within));
    }

    @Override
    public List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException {
        return ledger.result(
                act(
                        Act.Kind.KEEP,
                        server,
                        String.join(
                                ", ",
                                new TreeSet<>(installation
                                        .release()
                                        .content()
                                        .outliving()
                                        .services()
                                        .keySet()))),
                () -> driver.keep(server, installation, within));
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        ledger.act(act(Act.Kind.START, server, release.toString()), () -> driver.start(server, release, within));
    }

    @Override
    public void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException {
        String detail = release + ": " + String.join(", ", new TreeSet<>(workers));
        ledger.act(
                act(Act.Kind.START_WORKERS, server, detail),
                () -> driver.startWorkers(server, release, workers, within));
    }

    @Override
    public void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        ledger.act(
                act(Act.Kind.END_WORKERS, server, release.toString()), () -> driver.endWorkers(server, release, but));
    }

    @Override
    public void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        driver.awaitWorkersEnded(server, release, within);
    }

    @Override
    public void startJobs(
            Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException {
        String detail = release + ": " + String.join(", ", new TreeSet<>(jobs));
        ledger.act(
                act(Act.Kind.START_JOBS, server, detail), () -> driver.startJobs(server, release, jobs, since, within));
    }

    @Override
    public void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        ledger.act(act(Act.Kind.END_JOBS, server, release.toString()), () -> driver.endJobs(server, release, but));
    }

    @Override
    public Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within)
            throws InterruptedException {
        return driver.awaitJobsEnded(server, release, within);
    }

    @Override
    public void forgetJobs(Server server, ReleaseId release) throws InterruptedException {
        driver.forgetJobs(server, release);
    }

    @Override
    public HealthAnswer health(Server server, Release release) throws InterruptedException {
        return driver.health(server, release);
    }

    /** What the command is stays out of the journal: a person may have written a secret into it. */
    @Override
    public CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        return ledger.result(
                act(Act.Kind.RUN_ONCE, server, service),
                () -> driver.runOnce(server, release, service, command, within));
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) throws InterruptedException {
        return driver.recentLogs(server, release, lines);
    }

    @Override
    public String boot(Server server) throws InterruptedException {
        return driver.boot(server);
    }

    @Override
    public void reboot(Server server) throws InterruptedException {
        ledger.act(act(Act.Kind.REBOOT, server, server.machine().name().value()), () -> driver.reboot(server));
    }

    @Override
    public void forget(ServerName server) {
        driver.forget(server);
    }

    @Override
    public void close() {
        driver.close();
    }

    private static Act act(Act.Kind kind, Server server, String detail) {
        return new Act(kind, Optional.of(server.region()), Optional.of(server.name()), detail);
    }
}
