package org.meridian.web.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.operation.JobReport;
import org.meridian.core.operation.SeenBackups;
import org.meridian.core.operation.ServicesReport;
import org.meridian.core.spi.Accessories.Saved;

/**
 * What the app does beside answering requests, as clients get it. Texts from servers are as they came: whoever shows them must
 * not let anything in them act.
 *
 * @param at      when the servers were asked; empty before that
 * @param workers each worker on each server
 * @param jobs    the jobs of the releases that serve
 * @param kept    the services that keep data
 * @param unasked the machines that could not be asked
 */
public record ServicesView(
        Optional<Instant> at,
        List<WorkerView> workers,
        List<JobView> jobs,
        List<KeptView> kept,
        List<Unasked> unasked) {
    /** Nobody was asked yet. */
    static final ServicesView NOT_YET = new ServicesView(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public ServicesView {
        workers = List.copyOf(workers);
        jobs = List.copyOf(jobs);
        kept = List.copyOf(kept);
        unasked = List.copyOf(unasked);
    }

    static ServicesView of(ServicesReport report, Instant at) {
        return new ServicesView(
                Optional.of(at),
                report.workers().stream().map(WorkerView::of).toList(),
                report.jobs().stream().map(JobView::of).toList(),
                report.kept().stream().map(KeptView::of).toList(),
                report.unasked().stream()
                        .map(one -> new Unasked(one.region().value(), one.name(), one.why()))
                        .toList());
    }

    /** A worker on a server; {@code state} is running, partly, down or ending. */
    public record WorkerView(
            String name,
            String region,
            String server,
            String release,
            String state,
            int running,
            int containers,
            int restarts,
            Optional<Instant> since) {
        static WorkerView of(ServicesReport.WorkerRow row) {
            return new WorkerView(
                    row.name(),
                    row.region().value(),
                    row.server().value(),
                    row.release().toString(),
                    Assembly.written(row.state()),
                    row.running(),
                    row.containers().size(),
                    row.restarts(),
                    row.since());
        }
    }

    /** A job; {@code problem} is why its server could not be asked. */
    public record JobView(
            String name,
            String region,
            String server,
            String release,
            String schedule,
            boolean scheduled,
            Optional<Instant> next,
            Optional<Instant> runningSince,
            Optional<RunView> last,
            Optional<String> problem) {
        static JobView of(JobReport.Row row) {
            return new JobView(
                    row.name(),
                    row.region().value(),
                    row.server().value(),
                    row.release().toString(),
                    row.job().schedule().toString(),
                    row.state().filter(JobState::scheduled).isPresent(),
                    row.state().flatMap(JobState::next),
                    row.state().flatMap(JobState::running),
                    row.last().map(RunView::of),
                    row.problem());
        }
    }

    /** A run that has ended; {@code end} is ok, failed, timeout, stopped or lost. */
    public record RunView(Instant began, Instant ended, String end, int exitCode, String server) {
        static RunView of(JobRun run) {
            return new RunView(
                    run.began(),
                    run.ended(),
                    Assembly.written(run.end()),
                    run.exitCode(),
                    run.server().value());
        }
    }

    /** A service that keeps data; {@code backup} is how its backups stand. */
    public record KeptView(
            String name,
            String region,
            String machine,
            String state,
            boolean well,
            Optional<Instant> since,
            List<String> data,
            BackupView backup) {
        static KeptView of(ServicesReport.KeptRow row) {
            return new KeptView(
                    row.name(),
                    row.region().value(),
                    row.machine(),
                    row.state(),
                    row.well(),
                    row.since(),
                    row.data(),
                    BackupView.of(row.backups()));
        }
    }

    /** The newest backup, if there is one, and why nobody should rely on the backups, if something is wrong. */
    public record BackupView(Optional<Instant> made, Optional<Long> bytes, Optional<String> warning) {
        static BackupView of(SeenBackups seen) {
            Optional<Saved> newest = seen.backups().newest();
            return new BackupView(newest.map(Saved::made), newest.map(Saved::bytes), seen.warning());
        }
    }

    /** A machine that could not be asked, and why. */
    public record Unasked(String region, String name, String why) {}
}
