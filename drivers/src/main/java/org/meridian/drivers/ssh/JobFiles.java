package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.bootstrap.TextArchive;
import org.meridian.core.model.Job;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;

/**
 * What a server gets to run a release's jobs by schedule: for each a timer, a service, and what the service runs.
 *
 * @param home    the name of everything that the server has on its machine
 * @param region  the server's
 * @param release the release
 * @param content what it consists of
 */
record JobFiles(String home, RegionName region, ReleaseId release, Release.Content content) {
    private static final List<String> SCRIPTS =
            List.of("job-run", "jobs-timers", "jobs-on", "jobs-off", "jobs-ended", "jobs-state");

    /** What stopping a container and keeping its output take beyond a run's own time. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    JobFiles {
        requireNonNull(home, "home is null");
        requireNonNull(region, "region is null");
        requireNonNull(release, "release is null");
        requireNonNull(content, "content is null");
    }

    /** Adds them to a release's files. */
    TextArchive in(TextArchive files) {
        Map<String, Job> jobs = new TreeMap<>(content.work().jobsIn(region));
        TextArchive all = files.with(
                "jobs", 0600, jobs.keySet().stream().map(name -> name + "\n").collect(Collectors.joining()));
        for (String script : SCRIPTS) {
            all = all.with(script, 0700, Scripts.read(script));
        }
        for (Map.Entry<String, Job> job : jobs.entrySet()) {
            String name = "job." + job.getKey();
            all = all.with(name, 0600, run(job.getValue()))
                    .with(name + ".service", 0600, service(job.getKey(), job.getValue()))
                    .with(name + ".timer", 0600, timer(job.getKey(), job.getValue()));
        }
        return all;
    }

    /** What the script "job-run" reads. */
    private static String run(Job job) {
        String command = job.command().stream().map(RemoteShell::quoted).collect(Collectors.joining(" "));
        return """
                service=%s
                timeout=%d
                overlap=%s
                set -- %s
                """.formatted(
                        RemoteShell.quoted(job.service()),
                        job.timeout().toSeconds(),
                        job.overlap().name().toLowerCase(Locale.ROOT),
                        command);
    }

    /** Ending it is for the script alone, which still needs the engine's client then (systemd.kill(5)). */
    private String service(String name, Job job) {
        return """
                [Unit]
                Description=Meridian: job %s of %s, release %s
                Wants=docker.service
                After=docker.service

                [Service]
                Type=oneshot
                ExecStart=/opt/meridian/%s/%s/job-run %s timer
                KillMode=mixed
                TimeoutStartSec=%d
                TimeoutStopSec=60
                """.formatted(
                        name,
                        home,
                        release,
                        home,
                        release,
                        name,
                        job.timeout().plus(MARGIN).toSeconds());
    }

    /** What was due while the machine was off, or while nobody had the schedule, runs once as soon as somebody has it. */
    private String timer(String name, Job job) {
        String times = job.schedule().calendar().stream()
                .map(line -> "OnCalendar=" + line + "\n")
                .collect(Collectors.joining());
        return """
                [Unit]
                Description=Meridian: when job %s of %s is due

                [Timer]
                %sPersistent=true
                AccuracySec=1s
                """.formatted(name, home, times);
    }
}
