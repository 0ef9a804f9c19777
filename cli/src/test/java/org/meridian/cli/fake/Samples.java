package org.meridian.cli.fake;

import static org.meridian.core.model.JournalEntry.State.DONE;
import static org.meridian.core.model.JournalEntry.State.FAILED;
import static org.meridian.testkit.simulation.SimulatedApps.AP;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.metrics.Counts;
import org.meridian.core.model.Act;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.ProbeReceipt;
import org.meridian.core.model.Receipt.RegionReceipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.model.Weight;
import org.meridian.core.operation.EnvironmentReport;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.JournalReport.Line;
import org.meridian.core.operation.Orphans.Orphan;
import org.meridian.core.operation.ServicesReport;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;
import org.meridian.core.operation.TopReport;
import org.meridian.core.operation.Unfinished;
import org.meridian.core.operation.Unfinished.Serving;
import org.meridian.core.operation.Unfinished.Work;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.StateStore;
import org.meridian.testkit.simulation.SimulatedApps;

/** One rollout from r1 to r2 in three regions, with all that can be shown of it. */
public final class Samples {
    /** When it began. */
    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    /** The release before. */
    public static final ReleaseId R1 = new ReleaseId(1);

    /** The release that is deployed. */
    public static final ReleaseId R2 = new ReleaseId(2);

    /** The app: two servers in each of three regions. */
    public static final App APP = SimulatedApps.threeRegions(2);

    private static final String REVISION = "0123456789ab";

    private Samples() {}

    /** That many milliseconds after the start. */
    public static Instant after(long millis) {
        return START.plusMillis(millis);
    }

    /** The name of a server. */
    public static ServerName server(RegionName region, ReleaseId release, int n) {
        return ServerName.of(APP.name(), region, release, n);
    }

    /** Release r2. */
    public static Release release() {
        var content = new Release.Content(
                "services: {}",
                Map.of("web", ImageReference.parse("journal:v2")),
                List.of("web"),
                APP.serve(),
                APP.beforeShift(),
                Map.of(),
                Map.of(),
                Map.of());
        return new Release(R2, REVISION, START, "journal:v2", content);
    }

    /** The plan of a deploy: create r2 everywhere, keep r1, retire an r0 that was left over in us. */
    public static Plan plan() {
        return plan(RolloutRecord.Kind.DEPLOY);
    }

    /** The same moves as another kind. */
    public static Plan plan(RolloutRecord.Kind kind) {
        List<RegionPlan> regions =
                APP.regions().stream().map(region -> region(region, false)).toList();
        return new Plan(
                kind,
                release(),
                Optional.of(R1),
                EU,
                regions,
                List.of(List.of(US, AP), List.of(EU)),
                Optional.of(List.of("bundle", "exec", "migrate")));
    }

    /** The plan of a scaling: a third server in eu, and one less in us. */
    public static Plan scaling() {
        List<RegionPlan> regions = APP.regions().stream()
                .map(region -> region.name().equals(EU)
                        ? more(region)
                        : region.name().equals(US) ? fewer(region) : region(region, true))
                .toList();
        return new Plan(
                RolloutRecord.Kind.SCALE,
                release(),
                Optional.of(R2),
                EU,
                regions,
                List.of(List.of(EU, US)),
                Optional.empty());
    }

    private static RegionPlan more(Region region) {
        ServerSpec third = spec(region.name(), 3);
        return new RegionPlan(
                region,
                Optional.of(R2),
                2,
                List.of(spec(region.name(), 1), spec(region.name(), 2), third),
                List.of(third),
                List.of(third),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true);
    }

    private static RegionPlan fewer(Region region) {
        return new RegionPlan(
                region,
                Optional.of(R2),
                3,
                List.of(spec(region.name(), 1), spec(region.name(), 2)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(existing(region.name(), R2, 3)),
                List.of(),
                true);
    }

    /** A plan with nothing to do. */
    public static Plan nothing() {
        List<RegionPlan> regions =
                APP.regions().stream().map(region -> region(region, true)).toList();
        return new Plan(
                RolloutRecord.Kind.DEPLOY, release(), Optional.of(R2), EU, regions, List.of(), Optional.empty());
    }

    private static RegionPlan region(Region region, boolean settled) {
        List<ServerSpec> wanted = List.of(spec(region.name(), 1), spec(region.name(), 2));
        return settled
                ? new RegionPlan(
                        region,
                        Optional.of(R2),
                        2,
                        wanted,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false)
                : new RegionPlan(
                        region,
                        Optional.of(R1),
                        0,
                        wanted,
                        wanted,
                        wanted,
                        List.of(existing(region.name(), R1, 1), existing(region.name(), R1, 2)),
                        region.name().equals(US) ? List.of(existing(US, new ReleaseId(9), 1)) : List.of(),
                        List.of(),
                        List.of(),
                        true);
    }

    private static ServerSpec spec(RegionName region, int n) {
        return new ServerSpec(server(region, R2, n), R2, REVISION);
    }

    /** A server that runs. */
    public static Server existing(RegionName region, ReleaseId release, int n) {
        return new Server(
                server(region, release, n),
                region,
                release,
                REVISION,
                Optional.of("10.1.0." + n),
                Optional.empty(),
                Server.State.RUNNING);
    }

    /** The receipt of the deploy. */
    public static Receipt receipt(Receipt.Outcome outcome) {
        return new Receipt(
                7,
                outcome,
                R2,
                Optional.of(R1),
                START,
                List.of(
                        new RegionReceipt(US, 2, Duration.ofMillis(13_420), Duration.ofMillis(6_050)),
                        new RegionReceipt(AP, 2, Duration.ofMillis(75_000), Duration.ZERO)),
                new ProbeReceipt(1440, 0, Duration.ofMillis(4), Duration.ofMillis(21), Duration.ofMillis(1080)),
                Duration.ofMillis(81_250));
    }

    /** How the rollout is remembered while it runs. */
    public static RolloutRecord rollout() {
        return new RolloutRecord(
                7,
                RolloutRecord.Kind.DEPLOY,
                Optional.of(R1),
                R2,
                List.of(US, AP, EU),
                RolloutRecord.Outcome.RUNNING,
                START,
                Optional.empty());
    }

    /** What two servers use, of which one does not answer. */
    public static TopReport top() {
        var java = new ContainerUsage.Running(12, "root", "java");
        var web = new ContainerUsage(
                "aa", "web", R2, "journal@sha256:1", "running", "healthy", 12.5, 1 << 20, 0, List.of(java));
        var amount = new ServerUsage.Amount(1L << 29, 1L << 30);
        Server eu = existing(SimulatedApps.EU, R2, 1);
        var usage = new ServerUsage(eu.name(), 7.25, amount, amount, List.of(web));
        return new TopReport(
                START,
                List.of(
                        new TopReport.Row(eu, Weight.FULL, 3, answered(), Optional.of(usage), Optional.empty()),
                        new TopReport.Row(
                                existing(SimulatedApps.US, R2, 1),
                                Weight.NONE,
                                0,
                                Counts.NONE,
                                Optional.empty(),
                                Optional.of("no SSH connection to journal-us-r2-1: no answer"))));
    }

    /** A hundred requests in two seconds, one of which failed. */
    private static Counts answered() {
        return new Counts(
                Duration.ofSeconds(2).toNanos(),
                100,
                1,
                new TreeMap<>(Map.of(Duration.ofMillis(10), 90L, Duration.ofMillis(100), 100L)));
    }

    /** One region with a healthy server and one out of traffic; locked. */
    public static StatusReport status() {
        var serving = new ServerStatus(
                server(EU, R2, 1), R2, Origin.Health.HEALTHY, Weight.FULL, false, 3, Optional.of("10.1.0.1"));
        var warm =
                new ServerStatus(server(EU, R1, 1), R1, Origin.Health.UNKNOWN, Weight.NONE, true, 0, Optional.empty());
        return new StatusReport(
                new AppName("journal"),
                Optional.of(R2),
                EU,
                List.of(new RegionStatus(EU, Optional.of(R2), 1, 2, Weight.FULL, List.of(serving, warm))),
                Optional.of(new Kept(R1, Optional.of(START.plusSeconds(600)), 1, 2)),
                Optional.of(new StateStore.Holder("ops@lab", "deploy", START.minusSeconds(5))),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(new Unseen(US, Diagnostic.of("ssh-unreachable", "no SSH connection to lab-2", "Start it."))),
                ServicesReport.NOTHING);
    }

    /** The deploy was cut off in us, nobody has the lock, and a server of r9 is left over. */
    public static StatusReport cutOff() {
        StatusReport status = status();
        return new StatusReport(
                status.app(),
                Optional.empty(),
                EU,
                status.regions(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(unfinished()),
                Optional.empty(),
                List.of(orphan()),
                List.of(),
                ServicesReport.NOTHING);
    }

    /** The deploy waits for approval. */
    public static StatusReport waitsForApproval() {
        StatusReport status = status();
        return new StatusReport(
                status.app(),
                Optional.empty(),
                EU,
                status.regions(),
                Optional.empty(),
                status.lockedBy(),
                Optional.empty(),
                Optional.of(rollout()),
                List.of(),
                List.of(),
                ServicesReport.NOTHING);
    }

    /** The deploy, cut off while us changed its weights. */
    public static Unfinished unfinished() {
        return new Unfinished(
                rollout(),
                List.of(setPool()),
                Optional.empty(),
                List.of(new Serving(US, Set.of(R2)), new Serving(EU, Set.of(R1)), new Serving(AP, Set.of(R1))),
                Optional.of(new Work(2, 1, 3, 0)),
                new Work(0, 0, 1, 4));
    }

    /** A change of weights in us. */
    public static Act setPool() {
        return new Act(Act.Kind.SET_POOL, Optional.of(US), Optional.empty(), "r2 at 50%");
    }

    /** A server of a release that nobody knows. */
    public static Orphan orphan() {
        ReleaseId r9 = new ReleaseId(9);
        return new Orphan(server(US, r9, 1), US, r9);
    }

    /** A server was started, another was not, and then the deployer died. */
    public static JournalReport journal() {
        var placed = new Act(Act.Kind.START, Optional.of(US), Optional.of(server(US, R2, 1)), "");
        var failed = new Act(Act.Kind.PULL, Optional.of(AP), Optional.of(server(AP, R2, 1)), "");
        return new JournalReport(
                rollout(),
                false,
                List.of(
                        new Line(
                                4,
                                after(1_000),
                                placed,
                                Optional.of(DONE),
                                Optional.of(Duration.ofMillis(2_500)),
                                Optional.empty()),
                        new Line(
                                4,
                                after(1_200),
                                failed,
                                Optional.of(FAILED),
                                Optional.of(Duration.ofMillis(900)),
                                Optional.of("its disk is full\nmore")),
                        new Line(5, after(9_000), setPool(), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    /** One variable that the Compose file sets and a region's secrets win. */
    public static EnvironmentReport environment() {
        return new EnvironmentReport(List.of(new EnvironmentReport.Variable(
                "web",
                "DATABASE_URL",
                List.of("env-file:secrets/eu.env", "env", EnvironmentReport.COMPOSE),
                List.of(new RegionName("eu")))));
    }
}
