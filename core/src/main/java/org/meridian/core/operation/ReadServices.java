package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Duties;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.operation.ServicesReport.Unasked;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.DutyAccess;
import org.meridian.core.spi.Tasks;

/** Tells what an app does beside answering requests: asks every server that may know once, and all at the same time. */
public final class ReadServices {
    private final Workspace workspace;
    private final DutyAccess duties;
    private final Accessories accessories;

    /** Reads the services of this workspace. */
    public ReadServices(Workspace workspace, DutyAccess duties, Accessories accessories) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.duties = requireNonNull(duties, "duties is null");
        this.accessories = requireNonNull(accessories, "accessories is null");
    }

    /** What is done on these servers. Whoever can't be asked is named, and does not keep the others from being shown. */
    public ServicesReport of(Observation observed) throws InterruptedException {
        History history = workspace.history();
        List<Server> busy = observed.servers().stream()
                .filter(server -> !history.duties(server.release()).isEmpty())
                .sorted(Comparator.comparing(Server::region).thenComparing(Server::name))
                .toList();
        var answers = new Sought(history);
        KeptServices kept = new KeptServices(
                workspace.app(), accessories, workspace.world().time().now());
        List<Tasks.Work> questions = new ArrayList<>();
        busy.forEach(server -> questions.add(() -> answers.ask(server)));
        questions.add(kept::ask);
        workspace.world().tasks().forEach(questions, Tasks.Work::run);
        return answers.report(observed, busy, kept);
    }

    /** What servers answered. */
    private final class Sought {
        private final History history;
        private final Map<Server, ServerDuties> answers = new ConcurrentHashMap<>();
        private final Map<Server, String> problems = new ConcurrentHashMap<>();

        Sought(History history) {
            this.history = history;
        }

        void ask(Server server) throws InterruptedException {
            switch (server.state()) {
                case STOPPED -> problems.put(server, "it is stopped");
                case UNREACHABLE -> problems.put(server, "it is out of reach");
                case RUNNING -> {
                    try {
                        answers.put(server, duties.look(server));
                    } catch (Failure e) {
                        problems.put(server, e.diagnostic().summary());
                    }
                }
            }
        }

        ServicesReport report(Observation observed, List<Server> busy, KeptServices kept) {
            List<Unasked> unasked = new ArrayList<>();
            for (Server server : busy) {
                Optional.ofNullable(problems.get(server))
                        .ifPresent(why -> unasked.add(
                                new Unasked(server.region(), server.name().value(), why)));
            }
            kept.unasked().ifPresent(unasked::add);
            return new ServicesReport(workers(observed, busy), jobs(observed), kept.rows(), unasked);
        }

        private List<ServicesReport.WorkerRow> workers(Observation observed, List<Server> busy) {
            var rows = new WorkerRows(observed, history);
            return busy.stream()
                    .filter(answers::containsKey)
                    .flatMap(server -> rows.of(server, requireNonNull(answers.get(server))).stream())
                    .toList();
        }

        private List<JobReport.Row> jobs(Observation observed) {
            List<JobReport.Row> rows = new ArrayList<>();
            workspace.regionNames().forEach(region -> Runners.of(observed, region)
                    .ifPresent(runner -> rows.addAll(jobs(runner))));
            return rows;
        }

        private List<JobReport.Row> jobs(Server runner) {
            Duties wanted = history.duties(runner.release());
            Optional<ServerDuties> said = Optional.ofNullable(answers.get(runner));
            return new TreeMap<>(wanted.jobsIn(runner.region()))
                    .entrySet().stream()
                            .map(job -> new JobReport.Row(
                                    job.getKey(),
                                    runner.region(),
                                    runner.release(),
                                    job.getValue(),
                                    runner.name(),
                                    said.stream()
                                            .flatMap(all -> all.jobs().stream())
                                            .filter(state -> state.job().equals(job.getKey()))
                                            .findFirst(),
                                    last(job.getKey()),
                                    Optional.ofNullable(problems.get(runner))))
                            .toList();
        }

        private Optional<JobRun> last(String job) {
            return answers.values().stream()
                    .map(ServerDuties::last)
                    .flatMap(Collection::stream)
                    .filter(run -> run.job().equals(job))
                    .max(Comparator.comparing(JobRun::began));
        }
    }
}
