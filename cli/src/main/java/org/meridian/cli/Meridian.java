package org.meridian.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.EventSink;
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
import org.meridian.web.Dashboard;
import org.meridian.web.DashboardSettings;

/**
 * The use cases of one app, ready to be called: what the commands see of everything behind them.
 *
 * <p>Every call may throw {@link org.meridian.core.diagnostic.Failure}, and InterruptedException when its thread is
 * interrupted. Rollouts say what happens through the sink that the app was opened with.
 */
public interface Meridian extends AutoCloseable {
    /** The app as its configuration describes it. */
    App app();

    /** What in its configuration works and may surprise. */
    List<Diagnostic> warnings();

    /** The same app, whose commands wait that long for the lock; closing either closes both. */
    Meridian waitingForLock(Duration atMost);

    /** What a deploy would do. */
    Plan plan(DeployRequest request) throws InterruptedException;

    /** What the providers' own tools say of a plan; a region's problem is told beside what the others say. */
    List<RegionPreview> previews(Plan plan) throws InterruptedException;

    /** Deploys, once the plan is confirmed; ends with a Finished event. */
    Receipt deploy(DeployRequest request, Predicate<Plan> confirm) throws InterruptedException;

    /** Puts a former release back, the one before when none is named, once the plan is confirmed. */
    Receipt rollBack(RollBackRequest request, Predicate<Plan> confirm) throws InterruptedException;

    /**
     * Gives the release that serves the numbers of servers of {@code wanted}, which differs from this app in nothing else,
     * once the plan is confirmed; {@code file} is where they are to be written.
     */
    Receipt scale(App wanted, CountsFile file, Predicate<Plan> confirm) throws InterruptedException;

    /** What runs where. */
    StatusReport status() throws InterruptedException;

    /** Every release, oldest first. */
    List<Release> releases() throws InterruptedException;

    /** Every rollout, oldest first. */
    List<RolloutRecord> rollouts() throws InterruptedException;

    /** Receipts of past rollouts, oldest first, from which a plan's duration can be told. */
    List<Receipt> receipts() throws InterruptedException;

    /** Every server with the app's tags. */
    List<Server> servers() throws InterruptedException;

    /** Which variables the app's services have on the servers and where each is from; no value. */
    EnvironmentReport environment() throws InterruptedException;

    /** What the regions' secrets are called, where they are from and which regions differ; no value. */
    SecretsReport secrets() throws InterruptedException;

    /** Destroys the servers that were kept warm for longer than wanted; returns what was retired, for people. */
    List<String> retire() throws InterruptedException;

    /** Waits until the former release need not be kept warm any more, then retires it; says what went, for people. */
    List<String> bake() throws InterruptedException;

    /** Servers with the app's tags that no release accounts for. */
    List<Orphan> orphans() throws InterruptedException;

    /** Destroys those; returns what was destroyed, for people. */
    List<String> retireOrphans() throws InterruptedException;

    /** The servers that were made from that state; throws a Failure of kind USAGE when there are none. */
    List<Server> madeFrom(UUID store) throws InterruptedException;

    /** Takes those over. */
    void adopt(UUID store) throws InterruptedException;

    /** Who holds the lock. */
    Optional<StateStore.Holder> lock() throws InterruptedException;

    /** Takes the lock until somebody releases it, with a message for those who are kept out. */
    StateStore.Holder acquireLock(String message) throws InterruptedException;

    /** Takes the lock away from whoever has it; tells who that was. */
    Optional<StateStore.Holder> releaseLock() throws InterruptedException;

    /** The rollout that somebody carries out now; throws a Failure of kind USAGE when nobody does. */
    RolloutRecord underWay() throws InterruptedException;

    /** Answers the rollout of that number; throws a Failure of kind USAGE unless it is under way. */
    Answer answer(int rollout, Answer.Verdict verdict) throws InterruptedException;

    /** What a rollout did, the last one when none is named; throws a Failure of kind USAGE when there is none. */
    JournalReport journal(Optional<Integer> rollout) throws InterruptedException;

    /** Reads logs; see {@link org.meridian.core.operation.Logs#read}. */
    int logs(LogQuery query, Optional<Duration> patience, LogSink sink) throws InterruptedException;

    /**
     * Finds where a command by hand runs, on one server or on all that are meant, and writes it into the audit log;
     * {@link #start} starts it there.
     */
    List<Server> begin(ExecRequest request, boolean all) throws InterruptedException;

    /** Starts a command by hand on a server; to be closed, which ends it. */
    RemoteProcess start(ExecRequest request, Server place) throws InterruptedException;

    /** What is run by schedule, and how that goes. */
    JobReport jobs() throws InterruptedException;

    /** How runs of jobs went, with their output where one job is named; throws a Failure of kind USAGE for an unknown one. */
    JobHistory jobRuns(Optional<String> job) throws InterruptedException;

    /** Tells people elsewhere of failed runs of which they have not been told, and returns those. */
    JobHistory checkJobs() throws InterruptedException;

    /** Finds where a job runs by hand and writes it into the audit log; {@link #startJob} starts it there. */
    Server beginJob(String job) throws InterruptedException;

    /** Starts a job by hand on a server; to be closed, which does not end it. */
    RemoteProcess startJob(String job, Server place) throws InterruptedException;

    /** What all servers use. */
    TopReport top() throws InterruptedException;

    /** The newest entries of the audit log, newest first. */
    List<AuditEntry> audit(int most) throws InterruptedException;

    /** Starts the dashboard; to be closed, before the app is. */
    Dashboard dashboard(DashboardSettings settings, String version) throws InterruptedException;

    /** Which key is logged in with, and what each machine accepts. */
    KeyReport keys() throws InterruptedException;

    /**
     * Puts a new deploy key in the former one's place, as far as that goes now, or takes it away again.
     *
     * @param next the reference to the new key; empty where this machine keeps its keys, or where none is needed any more
     * @param undo whether it is taken away
     */
    RotationResult rotateKeys(Optional<String> next, boolean undo) throws InterruptedException;

    /** Machines, and work on them while the app serves. */
    MachineWork machines();

    /** Services that keep data and outlive releases. */
    AccessoryWork accessories();

    /** The services that keep data and were started; none where the app has no machine for them. */
    List<SeenAccessory> dataServices() throws InterruptedException;

    /** The last lines that one of them has written. */
    void accessoryLogs(String service, int lines, LogSink sink) throws InterruptedException;

    /**
     * Destroys everything that was made for the app but services that keep data; of those only these, with their data. Returns
     * what was removed and what stays of those, for people.
     */
    List<String> destroy(Set<String> data) throws InterruptedException;

    @Override
    void close();

    /** Opens the app that a configuration file describes. */
    @FunctionalInterface
    interface Opener {
        /** Opens it; throws a Failure of kind USAGE that lists every problem of the file. */
        Meridian open(Path configFile, EventSink events) throws InterruptedException;
    }
}
