package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.spi.ServerAccess.Invocation;
import org.meridian.drivers.command.Command;

/**
 * What is run on a server to look into it, as data.
 *
 * @param project the Compose project of what Meridian runs there
 */
record AccessCommands(String project) {
    private static final Duration LOOKING = Duration.ofSeconds(20);

    AccessCommands {
        requireNonNull(project, "project is null");
    }

    /** Prints what {@link UsageText} reads. */
    Command usage() {
        return script("usage", project).within(LOOKING);
    }

    /** Prints what {@link LogText} reads; has no end while it is followed. */
    Command logs(LogRequest request) {
        return script("logs", project)
                .with(request.service().orElse(""))
                .with(request.since().map(Object::toString).orElse(""))
                .with(request.tail() == Integer.MAX_VALUE ? "all" : Integer.toString(request.tail()))
                .with(request.follow() ? "follow" : "once");
    }

    /** Runs the command; everything that it starts bears the mark. */
    Command start(Invocation invocation, String mark) {
        return script("exec", project, invocation.service(), mark, Scripts.read("end"))
                .with(invocation.terminal().isPresent() ? "-it" : "-i")
                .with(invocation.fresh() ? invocation.release().toString() : "")
                .with(invocation.command().toArray(String[]::new));
    }

    /** Ends everything that bears the mark. */
    Command end(String mark) {
        return script("end", project).with(mark).within(LOOKING);
    }

    /** Prints what {@link DutyText} reads; nothing of a release that was placed before there were workers and jobs. */
    Command duties(ReleaseId release) {
        return script("duties", project, release.toString()).within(LOOKING);
    }

    /** Prints what {@link JobText#states} reads; nothing of a release that was placed before there were jobs. */
    Command jobs(ReleaseId release) {
        return Command.of("sh", "-c", "[ ! -x \"$0\" ] || exec \"$0\"", directory(release) + "/jobs-state")
                .within(LOOKING);
    }

    /** Prints what {@link JobText#runs} reads. */
    Command jobRuns(Optional<String> job) {
        return script("jobs-history", project)
                .with(job.stream().toArray(String[]::new))
                .within(LOOKING);
    }

    /** Runs a job as a service of its own, which goes on when the connection is lost. */
    Command runJob(ReleaseId release, String job) {
        return Command.of("systemd-run", "--quiet", "--collect", "--pipe", "--wait")
                .with("--description=Meridian: job " + job + " of " + project + ", by hand")
                .with("--property=KillMode=mixed")
                .with(directory(release) + "/job-run", job, "hand");
    }

    private String directory(ReleaseId release) {
        return "/opt/meridian/" + project + "/" + release;
    }

    private static Command script(String name, String... arguments) {
        return Command.of(List.of("sh", "-c", Scripts.read(name), name)).with(arguments);
    }
}
