package org.meridian.cli.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import org.meridian.cli.Meridian;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.Answer;
import org.meridian.core.model.App;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.StoreMark;
import org.meridian.core.operation.AccessoryWork;
import org.meridian.core.operation.CountsFile;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.EnvironmentReport;
import org.meridian.core.operation.ExecRequest;
import org.meridian.core.operation.JobHistory;
import org.meridian.core.operation.JobReport;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.KeyReport;
import org.meridian.core.operation.MachineWork;
import org.meridian.core.operation.Orphans.Orphan;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.RotationResult;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.TopReport;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.StateStore;
import org.meridian.testkit.simulation.SimulatedApps;
import org.meridian.web.Dashboard;
import org.meridian.web.DashboardSettings;

/** An app whose rollouts end as a test wants them to. */
public final class FakeMeridian implements Meridian {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private Rollout rollout = events -> Samples.receipt(Receipt.Outcome.DEPLOYED);
    private EventSink events = event -> {};
    private KeyReport keys = new KeyReport("ssh-ed25519 AAAA", "Meridian's key", Optional.empty(), List.of());
    private RotationResult rotation = new RotationResult(
            new KeyRotation(
                    "ssh-ed25519 AAAA", "ssh-ed25519 BBBB", KeyRotation.Phase.DONE, "ann@laptop", Instant.EPOCH),
            3,
            List.of());
    private JobReport jobs = new JobReport(List.of());
    private JobHistory jobRuns = new JobHistory(List.of(), List.of());
    private Plan plan = Samples.plan();
    private List<RegionPreview> previews = List.of();
    private StatusReport status = Samples.status();
    private List<Orphan> orphans = List.of();
    private Optional<StateStore.Holder> holder = Optional.empty();
    private Optional<Failure> notUnderWay = Optional.empty();
    private App app = Samples.APP;
    private JournalReport journal = Samples.journal();
    private Optional<Failure> forgotten = Optional.empty();
    private Optional<Failure> onlyTodaysSecrets = Optional.empty();
    private SecretsReport secrets = new SecretsReport(List.of(), List.of(), List.of());
    private Work baking = () -> {};
    private List<LogLine> lines = List.of();
    private RemoteProcess process = new FakeProcess(0, "", "");
    private Function<DashboardSettings, Dashboard> dashboard = settings -> {
        throw new IllegalStateException("no dashboard was prepared");
    };
    private final CountDownLatch answered = new CountDownLatch(1);

    private List<Diagnostic> warnings = List.of();
    private List<SeenAccessory> data = List.of();

    /** Has this in its configuration. */
    public FakeMeridian warns(List<Diagnostic> what) {
        this.warnings = what;
        return this;
    }

    @Override
    public List<Diagnostic> warnings() {
        return warnings;
    }

    /** Sends the events of rollouts there. */
    public Meridian open(EventSink sink) {
        this.events = sink;
        return this;
    }

    /** Is for this app. */
    public FakeMeridian configured(App what) {
        this.app = what;
        return this;
    }

    /** Has this in its journal, and no other rollout. */
    public FakeMeridian remembers(JournalReport what) {
        this.journal = what;
        return this;
    }

    /** Can't read what it should remember. */
    public FakeMeridian forgets(Failure why) {
        this.forgotten = Optional.of(why);
        return this;
    }

    /** Lets rollouts do this. */
    public FakeMeridian rollsOut(Rollout what) {
        this.rollout = what;
        return this;
    }

    /** Lets rollouts end like this. */
    public FakeMeridian ends(Receipt.Outcome outcome) {
        return rollsOut(sink -> Samples.receipt(outcome));
    }

    /** Plans this. */
    public FakeMeridian plans(Plan what) {
        this.plan = what;
        return this;
    }

    /** Finds this status. */
    public FakeMeridian is(StatusReport what) {
        this.status = what;
        return this;
    }

    /** Finds these orphans. */
    public FakeMeridian hasOrphans(Orphan... what) {
        this.orphans = List.of(what);
        return this;
    }

    /** Somebody has the lock. */
    public FakeMeridian lockedBy(StateStore.Holder who) {
        this.holder = Optional.of(who);
        return this;
    }

    /** No rollout is under way. */
    public FakeMeridian idle(Failure why) {
        this.notUnderWay = Optional.of(why);
        return this;
    }

    /** Waiting for the end of keep_previous does this. */
    public FakeMeridian bakes(Work what) {
        this.baking = what;
        return this;
    }

    /** Rolling back with the former secrets fails. */
    public FakeMeridian onlyHasTodaysSecrets(Failure why) {
        this.onlyTodaysSecrets = Optional.of(why);
        return this;
    }

    /** Has these secrets. */
    public FakeMeridian has(SecretsReport what) {
        this.secrets = what;
        return this;
    }

    /** What was called, with its arguments. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public App app() {
        return app;
    }

    @Override
    public Meridian waitingForLock(Duration atMost) {
        calls.add("waits " + atMost);
        return this;
    }

    @Override
    public Plan plan(DeployRequest request) {
        calls.add("plan " + request);
        return plan;
    }

    @Override
    public List<RegionPreview> previews(Plan wanted) {
        return previews;
    }

    /** What the providers say of its plans. */
    public FakeMeridian foresees(RegionPreview... said) {
        previews = List.of(said);
        return this;
    }

    @Override
    public Receipt deploy(DeployRequest request, Predicate<Plan> confirm) throws InterruptedException {
        return run("deploy " + request, confirm);
    }

    @Override
    public Receipt rollBack(RollBackRequest request, Predicate<Plan> confirm) throws InterruptedException {
        if (onlyTodaysSecrets.isPresent() && !request.currentSecrets()) {
            throw onlyTodaysSecrets.get();
        }
        String to = request.to().map(ReleaseId::toString).orElse("-");
        return run("rollback " + to + (request.currentSecrets() ? " with today's secrets" : ""), confirm);
    }

    @Override
    public Receipt scale(App wanted, CountsFile file, Predicate<Plan> confirm) throws InterruptedException {
        Receipt receipt = run("scale", what -> {
            boolean agreed = confirm.test(what);
            file.write();
            return agreed;
        });
        if (receipt.outcome() == Receipt.Outcome.ROLLED_BACK) {
            file.restore();
        }
        return receipt;
    }

    private Receipt run(String call, Predicate<Plan> confirm) throws InterruptedException {
        if (!confirm.test(plan)) {
            throw new AssertionError("a no is thrown, not returned");
        }
        calls.add(call);
        events.emit(new RolloutEvent.Started(Samples.START, Samples.rollout(), plan));
        Receipt receipt = rollout.run(events);
        events.emit(new RolloutEvent.Finished(Samples.after(81_250), receipt));
        return receipt;
    }

    @Override
    public StatusReport status() {
        return status;
    }

    @Override
    public List<Release> releases() {
        return List.of(Samples.release());
    }

    @Override
    public List<RolloutRecord> rollouts() {
        forgotten.ifPresent(why -> {
            throw why;
        });
        return List.of(journal.rollout());
    }

    @Override
    public List<Receipt> receipts() {
        return List.of(Samples.receipt(Receipt.Outcome.DEPLOYED));
    }

    @Override
    public List<Server> servers() {
        return List.of(Samples.existing(SimulatedApps.EU, Samples.R2, 1));
    }

    @Override
    public EnvironmentReport environment() {
        return Samples.environment();
    }

    @Override
    public SecretsReport secrets() {
        return secrets;
    }

    @Override
    public List<String> retire() {
        return List.of("journal-eu-r1-1");
    }

    @Override
    public List<String> bake() throws InterruptedException {
        calls.add("bake");
        baking.run();
        return List.of("journal-eu-r1-1");
    }

    @Override
    public List<Orphan> orphans() {
        return orphans;
    }

    @Override
    public List<String> retireOrphans() {
        calls.add("retire orphans");
        return orphans.stream().map(Orphan::toString).toList();
    }

    @Override
    public Optional<StateStore.Holder> lock() {
        return holder;
    }

    @Override
    public StateStore.Holder acquireLock(String message) {
        calls.add("acquire " + message);
        return new StateStore.Holder("me@here", "lock acquire", Samples.START, message, true);
    }

    @Override
    public Optional<StateStore.Holder> releaseLock() {
        calls.add("release");
        return holder;
    }

    @Override
    public RolloutRecord underWay() {
        notUnderWay.ifPresent(why -> {
            throw why;
        });
        return Samples.rollout();
    }

    @Override
    public Answer answer(int rollout, Answer.Verdict verdict) {
        calls.add("answer " + rollout + " " + verdict);
        answered.countDown();
        return new Answer(rollout, verdict, "me@here", Samples.START);
    }

    /** Waits until somebody answered. */
    public void awaitAnswer() throws InterruptedException {
        answered.await();
    }

    @Override
    public JournalReport journal(Optional<Integer> rollout) {
        calls.add("journal " + rollout.map(String::valueOf).orElse("last"));
        return journal;
    }

    /** Has these lines in its logs, and a remark after them. */
    public FakeMeridian logs(LogLine... what) {
        this.lines = List.of(what);
        return this;
    }

    /** Runs this for every command by hand. */
    public FakeMeridian runs(RemoteProcess what) {
        this.process = what;
        return this;
    }

    @Override
    public int logs(LogQuery query, Optional<Duration> patience, LogSink sink) {
        calls.add("logs " + query.request()
                + patience.map(most -> " skipping after " + most).orElse(""));
        lines.stream().filter(query::wants).forEach(sink::line);
        sink.remark(new ServerName("journal-eu-r2-1"), "gone");
        sink.skipped(1234);
        return 0;
    }

    @Override
    public List<Server> begin(ExecRequest request, boolean all) {
        calls.add("begin " + request.kind().word() + (all ? " everywhere " : " ") + request.command());
        Server one = Samples.existing(SimulatedApps.EU, Samples.R2, 1);
        return all ? List.of(one, Samples.existing(SimulatedApps.US, Samples.R2, 1)) : List.of(one);
    }

    @Override
    public RemoteProcess start(ExecRequest request, Server place) {
        calls.add("start on " + place.name());
        return process;
    }

    @Override
    public TopReport top() {
        return Samples.top();
    }

    @Override
    public List<AuditEntry> audit(int most) {
        calls.add("audit " + most);
        return List.of(new AuditEntry(
                Samples.START, "ann@laptop", "exec", List.of("journal-eu-r2-1"), "web: echo \u001b[31m"));
    }

    @Override
    public Dashboard dashboard(DashboardSettings settings, String version) {
        calls.add("dashboard " + settings.listen().getHostAddress() + ":" + settings.port() + " "
                + settings.tokens().viewer().isPresent());
        return dashboard.apply(settings);
    }

    /** Starts this as its dashboard. */
    public FakeMeridian shows(Function<DashboardSettings, Dashboard> what) {
        this.dashboard = what;
        return this;
    }

    @Override
    public List<Server> madeFrom(UUID store) {
        calls.add("made from " + store);
        return List.of(Samples.existing(SimulatedApps.EU, new ReleaseId(1), 1)
                .from(Optional.of(new StoreMark(store, "ann@laptop"))));
    }

    @Override
    public void adopt(UUID store) {
        calls.add("adopt " + store);
    }

    @Override
    public KeyReport keys() {
        calls.add("keys");
        return keys;
    }

    /** What is run by schedule, and how its runs went. */
    public void hasJobs(JobReport report, JobHistory runs) {
        jobs = report;
        jobRuns = runs;
    }

    @Override
    public JobReport jobs() {
        calls.add("jobs");
        return jobs;
    }

    @Override
    public JobHistory jobRuns(Optional<String> job) {
        calls.add("runs of " + job.orElse("all jobs"));
        return jobRuns;
    }

    @Override
    public JobHistory checkJobs() {
        calls.add("check jobs");
        return new JobHistory(jobRuns.failed(), jobRuns.problems());
    }

    @Override
    public Server beginJob(String job) {
        calls.add("begin job " + job);
        return Samples.plan().regions().getFirst().previous().getFirst();
    }

    @Override
    public RemoteProcess startJob(String job, Server place) {
        calls.add("start job " + job);
        return process;
    }

    /** What keys there are. */
    public void hasKeys(KeyReport report) {
        keys = report;
    }

    @Override
    public RotationResult rotateKeys(Optional<String> next, boolean undo) {
        calls.add("rotate keys" + next.map(text -> " to " + text).orElse("") + (undo ? " undo" : ""));
        return rotation;
    }

    /** How far the next rotation gets. */
    public void rotates(RotationResult result) {
        rotation = result;
    }

    @Override
    public MachineWork machines() {
        throw new UnsupportedOperationException("this app has no machines");
    }

    @Override
    public AccessoryWork accessories() {
        throw new UnsupportedOperationException("this app keeps no data");
    }

    /** What keeps data on the app's machine. */
    public void keepsData(List<SeenAccessory> services) {
        data = services;
    }

    @Override
    public List<SeenAccessory> dataServices() {
        return data;
    }

    @Override
    public void accessoryLogs(String service, int tail, LogSink sink) {
        throw new UnsupportedOperationException("this app keeps no data");
    }

    @Override
    public List<String> destroy(Set<String> data) {
        calls.add(data.isEmpty() ? "destroy" : "destroy with " + String.join(", ", data));
        return List.of();
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /** Something that may be interrupted. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws InterruptedException;
    }

    /** What a rollout does between its plan and its receipt. */
    @FunctionalInterface
    public interface Rollout {
        /** Does it and tells how it ended. */
        Receipt run(EventSink events) throws InterruptedException;
    }
}
