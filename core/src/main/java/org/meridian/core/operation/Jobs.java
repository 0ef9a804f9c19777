package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Job;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.operation.JobReport.Row;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.Redaction;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.JobAccess;
import org.meridian.core.spi.ServerAccess.RemoteProcess;

/** Tells what is run by schedule and how that goes, and runs it by hand. */
public final class Jobs {
    private static final String FAILED = "job-failed";

    /** Far more than all servers remember. */
    private static final int MOST_TOLD = 10_000;

    private final Workspace workspace;
    private final JobAccess access;
    private final Accessories accessories;
    private final KnownSecrets secrets;

    /** Of this workspace, with the backups of what keeps data; secrets are masked in what they write. */
    public Jobs(Workspace workspace, JobAccess access, Accessories accessories, KnownSecrets secrets) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.accessories = requireNonNull(accessories, "accessories is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** Looks at every job of the releases that serve; a server that can't be asked does not keep the others from being shown. */
    public JobReport read() throws InterruptedException {
        Observation observed = observe();
        List<JobRun> runs = history(observed, Optional.empty()).runs();
        List<Row> rows = new ArrayList<>();
        for (RegionName region : workspace.regionNames()) {
            Optional<Server> runner = Runners.of(observed, region);
            if (runner.isPresent()) {
                rows.addAll(rows(region, runner.get(), runs));
            }
        }
        return new JobReport(rows);
    }

    private List<Row> rows(RegionName region, Server runner, List<JobRun> runs) throws InterruptedException {
        Map<String, Job> jobs = jobs(region, runner);
        List<JobState> states = List.of();
        Optional<String> problem = Optional.empty();
        if (!jobs.isEmpty()) {
            try {
                states = access.states(runner);
            } catch (Failure e) {
                problem = Optional.of(e.diagnostic().summary());
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Job> job : jobs.entrySet()) {
            String name = job.getKey();
            rows.add(new Row(
                    name,
                    region,
                    runner.release(),
                    job.getValue(),
                    runner.name(),
                    states.stream().filter(state -> state.job().equals(name)).findFirst(),
                    runs.stream().filter(run -> run.job().equals(name)).reduce((first, second) -> second),
                    problem));
        }
        return rows;
    }

    /** The runs that servers remember; with their output where one job is named. Throws a Failure of kind USAGE for an unknown one. */
    public JobHistory history(Optional<String> job) throws InterruptedException {
        Observation observed = observe();
        JobHistory history = history(observed, job);
        if (job.isPresent() && history.runs().isEmpty()) {
            Server ignored = place(observed, job.get());
        }
        return job.isPresent() ? masked(history) : history;
    }

    private JobHistory masked(JobHistory history) throws InterruptedException {
        Redaction redaction = secrets.redaction();
        return new JobHistory(
                history.runs().stream()
                        .map(run -> run.writing(redaction.mask(run.output())))
                        .toList(),
                history.problems());
    }

    private JobHistory history(Observation observed, Optional<String> job) throws InterruptedException {
        List<JobRun> runs = Collections.synchronizedList(new ArrayList<>());
        List<Diagnostic> problems = Collections.synchronizedList(new ArrayList<>());
        List<Server> running = observed.servers().stream()
                .filter(server -> server.state() == Server.State.RUNNING)
                .filter(server -> !jobs(server.region(), server).isEmpty())
                .toList();
        List<Server> all = Stream.concat(running.stream(), backedUp().stream()).toList();
        workspace.world().tasks().forEach(all, server -> {
            try {
                runs.addAll(access.runs(server, job));
            } catch (Failure e) {
                problems.addAll(e.diagnostics());
            }
        });
        return new JobHistory(
                runs.stream().sorted(Comparator.comparing(JobRun::began)).toList(), problems);
    }

    /** Where backups are made; how they ended is remembered as of jobs. */
    private Optional<Server> backedUp() throws InterruptedException {
        return workspace.app().compose().kept().services().isEmpty() ? Optional.empty() : accessories.place();
    }

    /** Where a job runs by hand, on the server that has its schedule; it is in the audit log before it begins. */
    public Server begin(String job) throws InterruptedException {
        Server place = place(observe(), job);
        new Audit(workspace).write("job", List.of(place.name()), job);
        return place;
    }

    /** Starts it there; to be closed, which does not end it. {@link #begin} comes first. */
    public RemoteProcess start(String job, Server place) throws InterruptedException {
        Redaction redaction = secrets.redaction();
        return new MaskedProcess(access.run(place, job), redaction, () -> {});
    }

    private Server place(Observation observed, String job) {
        Set<String> known = new TreeSet<>();
        for (RegionName region : workspace.regionNames()) {
            Optional<Server> runner = Runners.of(observed, region);
            Set<String> here =
                    runner.map(server -> jobs(region, server).keySet()).orElse(Set.of());
            if (here.contains(job)) {
                return runner.orElseThrow();
            }
            known.addAll(here);
        }
        throw Failure.usage(Diagnostic.of(
                "unknown-job",
                "no release that serves has a job '" + job + "'",
                known.isEmpty()
                        ? "Write 'jobs' in the configuration, and deploy."
                        : "There is " + String.join(", ", known) + "; write one of these."));
    }

    /** Tells people elsewhere of each failed run that has not been told before; returns those runs. */
    public JobHistory check() throws InterruptedException {
        JobHistory history = history(observe(), Optional.empty());
        Set<String> told = workspace.state().audit(MOST_TOLD).stream()
                .filter(entry -> entry.action().equals(FAILED))
                .map(entry -> entry.what())
                .collect(Collectors.toSet());
        List<JobRun> fresh = history.failed().stream()
                .filter(run -> !told.contains(words(run)))
                .toList();
        for (JobRun run : fresh) {
            workspace.world().hooks().tell(workspace.app().name() + ": job " + words(run), facts(run));
            new Audit(workspace).write(FAILED, List.of(run.server()), words(run));
        }
        return new JobHistory(fresh, history.problems());
    }

    /** What its output says stays on the server: it may hold what is nobody's business. */
    private static String words(JobRun run) {
        String how =
                switch (run.end()) {
                    case OK, FAILED -> "ended with exit code " + run.exitCode();
                    case TIMEOUT -> "was stopped since its time was over";
                    case STOPPED -> "was stopped";
                    case LOST -> "was cut off with its server";
                };
        return run.job() + " of " + run.release() + ", begun at " + run.began() + ", " + how;
    }

    private Map<String, String> facts(JobRun run) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("app", workspace.app().name().value());
        facts.put("kind", FAILED);
        facts.put("job", run.job());
        facts.put("server", run.server().value());
        facts.put("release", run.release().toString());
        facts.put("began", run.began().toString());
        facts.put("exit_code", Integer.toString(run.exitCode()));
        return facts;
    }

    private Observation observe() throws InterruptedException {
        return workspace.world().patience().retry(workspace.world()::observe);
    }

    private Map<String, Job> jobs(RegionName region, Server server) {
        return new TreeMap<>(workspace.history().duties(server.release()).jobsIn(region));
    }
}
