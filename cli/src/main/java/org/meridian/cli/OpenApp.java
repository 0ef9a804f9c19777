package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.meridian.cli.view.WarningText;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.Answer;
import org.meridian.core.model.App;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.AccessoryWork;
import org.meridian.core.operation.Adopt;
import org.meridian.core.operation.Answers;
import org.meridian.core.operation.Bake;
import org.meridian.core.operation.CountsFile;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.Destroy;
import org.meridian.core.operation.EnvironmentReport;
import org.meridian.core.operation.Exec;
import org.meridian.core.operation.ExecRequest;
import org.meridian.core.operation.JobHistory;
import org.meridian.core.operation.JobReport;
import org.meridian.core.operation.Jobs;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.Journals;
import org.meridian.core.operation.KeyReport;
import org.meridian.core.operation.KnownSecrets;
import org.meridian.core.operation.Locks;
import org.meridian.core.operation.Logs;
import org.meridian.core.operation.MachineWork;
import org.meridian.core.operation.Orphans;
import org.meridian.core.operation.Orphans.Orphan;
import org.meridian.core.operation.ProviderPlans;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.operation.ReadEnvironment;
import org.meridian.core.operation.ReadKeys;
import org.meridian.core.operation.ReadSecrets;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Retire;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.RotateKeys;
import org.meridian.core.operation.RotationResult;
import org.meridian.core.operation.Scale;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.Top;
import org.meridian.core.operation.TopReport;
import org.meridian.core.operation.Workspace;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.DutyAccess;
import org.meridian.core.spi.JobAccess;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.telemetry.Telemetry;
import org.meridian.web.Dashboard;
import org.meridian.web.DashboardSettings;
import org.meridian.web.DashboardSources;

/** The use cases of one app on its real drivers. */
final class OpenApp implements Meridian {
    private final Workspace workspace;
    private final ServerAccess access;
    private final JobAccess jobs;
    private final DutyAccess duties;
    private final Accessories accessories;
    private final List<Diagnostic> warnings;
    private final Readiness ready;
    private final Function<Optional<String>, KeyAccess> keys;
    private final Telemetry telemetry;
    private final Top top;
    private final KnownSecrets secrets;

    /**
     * {@code ready} throws a Failure that names all that keeps a release from being made; {@code keys} takes the reference to a new deploy
     * key.
     */
    OpenApp(
            Workspace workspace,
            ServerAccess access,
            JobAccess jobs,
            DutyAccess duties,
            Accessories accessories,
            List<Diagnostic> warnings,
            Readiness ready,
            Function<Optional<String>, KeyAccess> keys,
            Telemetry telemetry) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.duties = requireNonNull(duties, "duties is null");
        this.accessories = requireNonNull(accessories, "accessories is null");
        this.warnings = List.copyOf(warnings);
        this.ready = requireNonNull(ready, "ready is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.telemetry = requireNonNull(telemetry, "telemetry is null");
        this.top = new Top(workspace, access);
        this.secrets = new KnownSecrets(workspace);
    }

    @Override
    public App app() {
        return workspace.app();
    }

    @Override
    public List<Diagnostic> warnings() {
        return warnings;
    }

    @Override
    public Meridian waitingForLock(Duration atMost) {
        return new OpenApp(
                workspace.waitingForLock(atMost), access, jobs, duties, accessories, warnings, ready, keys, telemetry);
    }

    @Override
    public Plan plan(DeployRequest request) throws InterruptedException {
        ready.require();
        return new Deploy(workspace).plan(request);
    }

    @Override
    public List<RegionPreview> previews(Plan plan) throws InterruptedException {
        return new ProviderPlans(workspace).of(plan);
    }

    @Override
    public Receipt deploy(DeployRequest request, Predicate<Plan> confirm) throws InterruptedException {
        ready.require();
        accessories().requireKeys();
        warn();
        Receipt receipt = new Deploy(workspace).run(request, confirm);
        if (ExitCode.ofDeploy(receipt.outcome()) == ExitCode.DONE) {
            accessories().schedule();
        }
        return receipt;
    }

    @Override
    public Receipt rollBack(RollBackRequest request, Predicate<Plan> confirm) throws InterruptedException {
        return new RollBack(workspace).run(request, confirm);
    }

    @Override
    public Receipt scale(App wanted, CountsFile file, Predicate<Plan> confirm) throws InterruptedException {
        return new Scale(workspace.wanting(wanted)).run(file, confirm);
    }

    @Override
    public StatusReport status() throws InterruptedException {
        return new ReadStatus(workspace, services()).run();
    }

    private ReadServices services() {
        return new ReadServices(workspace, duties, accessories);
    }

    @Override
    public List<Release> releases() {
        return workspace.state().releases();
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return workspace.state().rollouts();
    }

    @Override
    public List<Receipt> receipts() {
        return workspace.state().receipts();
    }

    @Override
    public List<Server> servers() throws InterruptedException {
        return workspace
                .world()
                .patience()
                .retry(() -> workspace.world().fleet().servers());
    }

    @Override
    public EnvironmentReport environment() throws InterruptedException {
        return new ReadEnvironment(workspace).run();
    }

    @Override
    public SecretsReport secrets() throws InterruptedException {
        return new ReadSecrets(
                        workspace.app(), workspace.secrets(), workspace.world().tasks())
                .run();
    }

    @Override
    public List<String> retire() throws InterruptedException {
        return new Retire(workspace).run();
    }

    @Override
    public List<String> bake() throws InterruptedException {
        return new Bake(workspace).run();
    }

    @Override
    public List<Orphan> orphans() throws InterruptedException {
        return Orphans.find(workspace);
    }

    @Override
    public List<String> retireOrphans() throws InterruptedException {
        return new Retire(workspace).orphans();
    }

    @Override
    public Optional<StateStore.Holder> lock() {
        return new Locks(workspace).status();
    }

    @Override
    public StateStore.Holder acquireLock(String message) throws InterruptedException {
        return new Locks(workspace).acquire(message);
    }

    @Override
    public Optional<StateStore.Holder> releaseLock() {
        return new Locks(workspace).release();
    }

    @Override
    public RolloutRecord underWay() {
        return new Answers(workspace).underWay();
    }

    @Override
    public Answer answer(int rollout, Answer.Verdict verdict) {
        return new Answers(workspace).say(rollout, verdict);
    }

    @Override
    public JournalReport journal(Optional<Integer> rollout) {
        return new Journals(workspace).read(rollout);
    }

    @Override
    public int logs(LogQuery query, Optional<Duration> patience, LogSink sink) throws InterruptedException {
        return new Logs(workspace, access, secrets).read(query, patience, sink);
    }

    @Override
    public List<Server> begin(ExecRequest request, boolean all) throws InterruptedException {
        Exec exec = new Exec(workspace, access, secrets);
        List<Server> places = exec.places(request, all);
        exec.record(request, places);
        return places;
    }

    @Override
    public RemoteProcess start(ExecRequest request, Server place) throws InterruptedException {
        return new Exec(workspace, access, secrets).start(request, place);
    }

    @Override
    public JobReport jobs() throws InterruptedException {
        return new Jobs(workspace, jobs, accessories, secrets).read();
    }

    @Override
    public JobHistory jobRuns(Optional<String> job) throws InterruptedException {
        return new Jobs(workspace, jobs, accessories, secrets).history(job);
    }

    @Override
    public JobHistory checkJobs() throws InterruptedException {
        return new Jobs(workspace, jobs, accessories, secrets).check();
    }

    @Override
    public Server beginJob(String job) throws InterruptedException {
        return new Jobs(workspace, jobs, accessories, secrets).begin(job);
    }

    @Override
    public RemoteProcess startJob(String job, Server place) throws InterruptedException {
        return new Jobs(workspace, jobs, accessories, secrets).start(job, place);
    }

    @Override
    public TopReport top() throws InterruptedException {
        return top.read();
    }

    @Override
    public List<AuditEntry> audit(int most) {
        return workspace.state().audit(most);
    }

    @Override
    public Dashboard dashboard(DashboardSettings settings, String version) {
        return Dashboard.start(
                settings, new DashboardSources(workspace, Optional.of(access), Optional.of(services()), version));
    }

    @Override
    public List<Server> madeFrom(UUID store) throws InterruptedException {
        return new Adopt(workspace).find(store);
    }

    @Override
    public void adopt(UUID store) throws InterruptedException {
        new Adopt(workspace).run(store);
    }

    @Override
    public KeyReport keys() throws InterruptedException {
        return new ReadKeys(workspace, keys.apply(Optional.empty())).run();
    }

    @Override
    public RotationResult rotateKeys(Optional<String> next, boolean undo) throws InterruptedException {
        RotateKeys rotation = new RotateKeys(workspace, keys.apply(next));
        return undo ? rotation.undo() : rotation.run();
    }

    @Override
    public MachineWork machines() {
        return new MachineWork(workspace);
    }

    @Override
    public AccessoryWork accessories() {
        return new AccessoryWork(workspace, accessories);
    }

    @Override
    public List<SeenAccessory> dataServices() throws InterruptedException {
        return accessories().list();
    }

    @Override
    public void accessoryLogs(String service, int lines, LogSink sink) throws InterruptedException {
        new Logs(workspace, access, secrets).read(accessories().place(service), service, lines, sink);
    }

    @Override
    public List<String> destroy(Set<String> data) throws InterruptedException {
        return new Destroy(workspace).run(accessories, data);
    }

    @Override
    public void close() {
        workspace.world().hosts().close();
        workspace.world().metrics().close();
        workspace.world().traffic().close();
        workspace.registry().close();
        workspace.state().close();
        telemetry.close();
    }

    /** What works and may surprise is said before anything is done; whoever only plans is shown it with the plan. */
    private void warn() {
        warnings.forEach(warning -> workspace
                .world()
                .events()
                .emit(new RolloutEvent.Note(workspace.world().time().now(), WarningText.line(warning))));
    }

    /** Whether a release can be made. */
    @FunctionalInterface
    interface Readiness {
        /** Throws a Failure that names all that keeps a release from being made. */
        void require() throws InterruptedException;
    }
}
