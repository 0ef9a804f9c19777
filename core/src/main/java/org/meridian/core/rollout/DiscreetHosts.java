package org.meridian.core.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.Tasks;

/** A host driver that hands on nothing of what servers say without taking the secrets out. */
record DiscreetHosts(HostDriver driver, Redaction redaction) implements HostDriver {
    @Override
    public void logIn(Server server) throws InterruptedException {
        driver.logIn(server);
    }

    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        acting(() -> driver.awaitBoot(server, within));
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        acting(() -> driver.place(server, installation));
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        acting(() -> driver.pull(server, release, within));
    }

    @Override
    public List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException {
        return asking(() -> driver.keep(server, installation, within));
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        acting(() -> driver.start(server, release, within));
    }

    @Override
    public void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException {
        acting(() -> driver.startWorkers(server, release, workers, within));
    }

    @Override
    public void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        acting(() -> driver.endWorkers(server, release, but));
    }

    @Override
    public void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        acting(() -> driver.awaitWorkersEnded(server, release, within));
    }

    @Override
    public void startJobs(
            Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException {
        acting(() -> driver.startJobs(server, release, jobs, since, within));
    }

    @Override
    public void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        acting(() -> driver.endJobs(server, release, but));
    }

    @Override
    public Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within)
            throws InterruptedException {
        return asking(() -> driver.awaitJobsEnded(server, release, within));
    }

    @Override
    public void forgetJobs(Server server, ReleaseId release) throws InterruptedException {
        acting(() -> driver.forgetJobs(server, release));
    }

    @Override
    public HealthAnswer health(Server server, Release release) throws InterruptedException {
        HealthAnswer answer = asking(() -> driver.health(server, release));
        return new HealthAnswer(answer.healthy(), redaction.mask(answer.detail()));
    }

    @Override
    public CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        CommandOutcome outcome = asking(() -> driver.runOnce(server, release, service, command, within));
        return new CommandOutcome(outcome.exitCode(), redaction.mask(outcome.output()));
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) throws InterruptedException {
        return redaction.mask(asking(() -> driver.recentLogs(server, release, lines)));
    }

    @Override
    public String boot(Server server) throws InterruptedException {
        return asking(() -> driver.boot(server));
    }

    @Override
    public void reboot(Server server) throws InterruptedException {
        acting(() -> driver.reboot(server));
    }

    @Override
    public void forget(ServerName server) {
        driver.forget(server);
    }

    @Override
    public void close() {
        driver.close();
    }

    private void acting(Tasks.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            throw redaction.mask(e);
        }
    }

    private <T> T asking(Ledger.Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (Failure e) {
            throw redaction.mask(e);
        }
    }
}
