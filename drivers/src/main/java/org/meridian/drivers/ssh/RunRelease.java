package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.spi.HostDriver.CommandOutcome;
import org.meridian.core.spi.HostDriver.HealthAnswer;
import org.meridian.drivers.command.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the containers of releases that are installed on servers, asks how they are, and runs commands in new ones. */
final class RunRelease {
    private static final Logger LOG = LoggerFactory.getLogger(RunRelease.class);

    private final ServerShell shell;

    RunRelease(ServerShell shell) {
        this.shell = requireNonNull(shell, "shell is null");
    }

    /** As {@link org.meridian.core.spi.HostDriver#start} says. */
    void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        CommandResult started = shell.write(server, shell.commands(server).start(release, within));
        if (!started.succeeded()) {
            throw notStarted(server, release, ServerShell.lastLines(started.errors()));
        }
    }

    private Failure notStarted(Server server, ReleaseId release, String said) throws InterruptedException {
        String unwell = shell.run(server, shell.commands(server).unwell()).output();
        return Failure.of(Diagnostic.of(
                        "not-started",
                        "release " + release + " does not run on " + server.name(),
                        "Fix what the containers' logs say, then deploy again.")
                .withDetail((said + "\n" + unwell).strip()));
    }

    /** As {@link org.meridian.core.spi.HostDriver#health} says. */
    HealthAnswer health(Server server, Release release) throws InterruptedException {
        HealthAnswer answer;
        try {
            answer = HealthProbe.read(shell.run(server, shell.commands(server).health(release)));
        } catch (Failure e) {
            return HealthProbe.unanswered(e).orElseThrow(() -> e);
        }
        if (answer.healthy()) {
            requireNoneFailed(server, release.id());
        }
        return answer;
    }

    /** What does its work and ends may fail long after its start, while the service that answers is well. */
    private void requireNoneFailed(Server server, ReleaseId release) throws InterruptedException {
        CommandResult looked = shell.run(server, shell.commands(server).failed());
        String failed = looked.output().strip();
        if (looked.succeeded() && !failed.isEmpty()) {
            throw notStarted(server, release, failed);
        }
    }

    /** As {@link org.meridian.core.spi.HostDriver#runOnce} says. */
    CommandOutcome once(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        boolean ended = false;
        try {
            CommandResult result =
                    shell.run(server, shell.commands(server).runOnce(release.id(), service, command, within));
            ended = true;
            return new CommandOutcome(result.exitCode(), result.output());
        } finally {
            if (!ended) {
                endOnce(server, release.id());
            }
        }
    }

    /** What nobody waits for any more, because of its time limit or Ctrl-C, must not go on working on the database. */
    private void endOnce(Server server, ReleaseId release) throws InterruptedException {
        try {
            var unused = shell.run(server, shell.commands(server).endOnce(release));
        } catch (Failure e) {
            LOG.warn("{}: the command may still run there: {}", server.name(), e.getMessage());
        }
    }

    /** As {@link org.meridian.core.spi.HostDriver#recentLogs} says. */
    String recentLogs(Server server, ReleaseId release, int lines) throws InterruptedException {
        try {
            return shell.run(server, shell.commands(server).logs(release, lines))
                    .output()
                    .strip();
        } catch (Failure e) {
            LOG.debug("no logs of {}", server.name(), e);
            return "";
        }
    }
}
