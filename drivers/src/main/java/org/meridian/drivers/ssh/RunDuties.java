package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

/** Starts and ends the workers and the scheduled jobs of releases, as {@link org.meridian.core.spi.HostDriver} says. */
final class RunDuties {
    /** What the script "work" ends with where it has shown the logs itself: later a container may run again, for a moment. */
    private static final int TOLD = 70;

    private final ServerShell shell;

    RunDuties(ServerShell shell) {
        this.shell = requireNonNull(shell, "shell is null");
    }

    void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException {
        CommandResult started = shell.write(server, shell.commands(server).startWorkers(release, workers, within));
        if (!started.succeeded()) {
            String unwell = started.exitCode() == TOLD
                    ? ""
                    : shell.run(server, shell.commands(server).unwell()).output();
            throw Failure.of(Diagnostic.of(
                            "worker-not-started",
                            "workers of release " + release + " do not stay up on " + server.name(),
                            "Fix what the containers' logs say, then deploy again.")
                    .withDetail((ServerShell.lastLines(started.errors()) + "\n" + unwell).strip()));
        }
    }

    void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        expect(server, shell.commands(server).endWorkers(release, but), "ending the workers of release " + release);
    }

    void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        Command wait = shell.commands(server).awaitWorkersEnded(release, within);
        expect(server, wait, "waiting for the workers of release " + release + " to end");
    }

    void startJobs(Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException {
        CommandResult started = shell.write(server, shell.commands(server).startJobs(release, jobs, since, within));
        if (!started.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "jobs-not-scheduled",
                            "jobs of release " + release + " can't be scheduled on " + server.name(),
                            "See what systemd says there; it has to know the time zone (package tzdata).")
                    .withDetail(ServerShell.lastLines(started.errors())));
        }
    }

    void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        expect(server, shell.commands(server).endJobs(release, but), "ending the schedules of release " + release);
    }

    Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        return JobText.seen(
                server,
                shell.run(server, shell.commands(server).awaitJobsEnded(release, within))
                        .expect(
                                ServerShell.on(server, "waiting for the jobs of release " + release + " to end"),
                                ServerShell.LOOK));
    }

    void forgetJobs(Server server, ReleaseId release) throws InterruptedException {
        expect(server, shell.commands(server).forgetJobs(release), "forgetting the schedules of release " + release);
    }

    private void expect(Server server, Command command, String attempted) throws InterruptedException {
        String ignored = shell.run(server, command).expect(ServerShell.on(server, attempted), ServerShell.LOOK);
    }
}
