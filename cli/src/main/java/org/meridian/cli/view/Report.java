package org.meridian.cli.view;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.cli.doctor.Finding;
import org.meridian.config.Starter;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.ImageRoute;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.EnvironmentReport;
import org.meridian.core.operation.JobReport;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.KeyReport;
import org.meridian.core.operation.Orphans.Orphan;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.SeenMachine;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.operation.TopReport;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.testkit.simulation.Forecast;

/** What a command found, as data; views decide how it looks. */
public sealed interface Report {
    /**
     * What a rollout will do.
     *
     * @param plan         the plan
     * @param past         receipts of past rollouts, from which its duration is told
     * @param keepPrevious how long the release before is kept warm afterwards; zero when it is not
     * @param kept         what is kept warm now and stays, when there is nothing to do
     * @param previews     what the providers' own tools say of it
     * @param accessories  the services that keep data on the app's machine
     * @param relayed      the regions whose servers get images of the app's registry through this machine
     * @param warnings     what works and may surprise in the configuration
     */
    record PlanMade(
            Plan plan,
            List<Receipt> past,
            Duration keepPrevious,
            Optional<Kept> kept,
            List<RegionPreview> previews,
            List<SeenAccessory> accessories,
            List<RegionName> relayed,
            List<Diagnostic> warnings)
            implements Report {
        /** Those of an app's regions that get images of its registry through this machine. */
        public static List<RegionName> relayed(App app) {
            return app.regions().stream()
                    .filter(region -> region.images() == ImageRoute.THROUGH_DEPLOYER)
                    .map(Region::name)
                    .toList();
        }

        /** A plan of which no provider said anything, and nothing that has not been said already surprises. */
        public PlanMade(Plan plan, List<Receipt> past, Duration keepPrevious, Optional<Kept> kept) {
            this(plan, past, keepPrevious, kept, List.of(), List.of(), List.of(), List.of());
        }

        /** A plan of which nothing else is known. */
        public PlanMade(Plan plan, List<Receipt> past) {
            this(plan, past, Duration.ZERO, Optional.empty());
        }
    }

    /**
     * What runs where.
     *
     * @param status what was found
     * @param now    when it was found
     */
    record Status(StatusReport status, Instant now) implements Report {}

    /**
     * The releases.
     *
     * @param releases oldest first
     * @param rollouts oldest first
     */
    record Releases(List<Release> releases, List<RolloutRecord> rollouts) implements Report {}

    /** The servers that carry the app's tags. */
    record Servers(List<Server> servers) implements Report {}

    /** The machines that have servers of the app. */
    record Machines(List<SeenMachine> machines) implements Report {}

    /** Which variables the app's services have and where each is from. */
    record Environment(EnvironmentReport environment) implements Report {}

    /** What each region's secrets are called and where they are from. */
    record Secrets(SecretsReport secrets) implements Report {}

    /** Which key is logged in with, and what each machine accepts. */
    record Keys(KeyReport keys) implements Report {}

    /** What is run by schedule. */
    record Jobs(JobReport jobs) implements Report {}

    /** How runs of jobs went, oldest first. */
    record JobRuns(List<JobRun> runs) implements Report {}

    /** Which regions' secrets differ. */
    record SecretsDiff(SecretsReport secrets) implements Report {}

    /** The servers that no release accounts for. */
    record Orphans(List<Orphan> orphans) implements Report {}

    /**
     * Who holds the lock.
     *
     * @param holder who; empty when nobody does
     * @param now    when that was found
     */
    record Lock(Optional<Holder> holder, Instant now) implements Report {}

    /** What a rollout did. */
    record Journal(JournalReport journal) implements Report {}

    /**
     * What simulated deploys of an app tell.
     *
     * @param app      the app
     * @param forecast what they tell
     */
    record Simulated(App app, Forecast forecast) implements Report {}

    /** What the doctor found. */
    record Checkup(List<Finding> findings) implements Report {}

    /** What all servers use. */
    record Top(TopReport top) implements Report {}

    /** What people did by hand, newest first. */
    record Audit(List<AuditEntry> entries) implements Report {}

    /**
     * A first configuration was written.
     *
     * @param file    where
     * @param starter what is in it, and what is to be known of it
     */
    record Started(Path file, Starter starter) implements Report {}

    /** Services that keep data and outlive releases. */
    record Accessories(List<SeenAccessory> accessories) implements Report {
        /** Copies the list. */
        public Accessories {
            accessories = List.copyOf(accessories);
        }
    }

    /** Something done that takes one line to tell. */
    record Done(String line) implements Report {}

    /** Text for another program, such as a schema; shown as it is. */
    record Verbatim(String text) implements Report {}
}
