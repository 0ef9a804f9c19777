package org.meridian.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Act;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Serve;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;

/** What the tests of state stores let them remember. */
public final class StateSamples {
    /** Somebody who takes the lock. */
    public static final Holder ANN = new Holder("ann@laptop", "deploy", Instant.parse("2026-01-02T03:04:05Z"));

    /** Somebody else who takes it. */
    public static final Holder BOB = new Holder("bob@ci", "rollback", Instant.parse("2026-01-02T03:04:06Z"));

    private StateSamples() {}

    /** An act's entries as one run writes them. */
    public static List<JournalEntry> acts(Lock lock) {
        JournalEntry failed = intended(lock, 2);
        return List.of(
                intended(lock, 1),
                done(intended(lock, 1)),
                new JournalEntry(
                        failed.rollout(),
                        failed.number(),
                        failed.token(),
                        failed.at(),
                        failed.act(),
                        JournalEntry.State.FAILED,
                        Optional.of("it said: \"no\"\n")));
    }

    /** An intent of rollout 1. */
    public static JournalEntry intended(Lock lock, int number) {
        Act act = new Act(
                Act.Kind.START,
                Optional.of(new RegionName("eu-west")),
                Optional.of(new ServerName("journal-eu-west-r2-1")),
                "weights 10 to 50");
        Instant at = Instant.parse("2026-01-02T03:04:05.000000006Z").plusSeconds(number);
        return new JournalEntry(1, number, lock.token(), at, act, JournalEntry.State.INTENDED, Optional.empty());
    }

    /** That what was intended was done. */
    public static JournalEntry done(JournalEntry intent) {
        return new JournalEntry(
                intent.rollout(),
                intent.number(),
                intent.token(),
                intent.at().plusMillis(5),
                intent.act(),
                JournalEntry.State.DONE,
                Optional.empty());
    }

    /** The same entry in the journal of another rollout. */
    public static JournalEntry inRollout(int rollout, JournalEntry entry) {
        return new JournalEntry(
                rollout, entry.number(), entry.token(), entry.at(), entry.act(), entry.state(), entry.problem());
    }

    /** That somebody ran something; a greater number is later. */
    public static AuditEntry audited(int number) {
        return new AuditEntry(
                Instant.parse("2026-01-02T03:04:05.000000006Z").plusNanos(number),
                "ann@laptop",
                "exec",
                List.of("journal-eu-west-r2-1"),
                "web: echo \"Grüße\"\n" + number);
    }

    /** A release with something in every part. */
    public static Release release(int number, String label) {
        RegionName region = new RegionName("eu-west");
        HealthCheck health =
                new HealthCheck("/up", Duration.ofMillis(1500), Duration.ofSeconds(2), 2, Duration.ofSeconds(90));
        Release.Content content = new Release.Content(
                "services: {web: {image: \"x\"}}\n",
                new BesideFiles(
                        "deploy/compose.yaml",
                        List.of("deploy/compose.prod.yaml"),
                        Map.of("deploy/run me.sh", new BesideFiles.Content("IyEvYmluL3NoCg==", true))),
                Map.of("web", ImageReference.parse("registry.example.com:5000/team/journal@sha256:" + "a1".repeat(32))),
                List.of("web"),
                new Serve("web", 3000, 80, health, List.of("53:53/udp")),
                Optional.of(List.of("rake", "db:migrate", "two words")),
                Map.of(region, Map.of("GREETING", "Grüße \"$x\"\n")),
                Map.of(region, List.of("env-file:eu.env@0123456789ab")),
                Map.of(region, 2));
        return new Release(
                new ReleaseId(number), "0123456789ab", Instant.parse("2026-01-02T03:04:05.678Z"), label, content);
    }

    /** What somebody says to a rollout. */
    public static Answer answer(int rollout, Answer.Verdict verdict) {
        return new Answer(rollout, verdict, "ann@laptop", Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** A rollout under way. */
    public static RolloutRecord rollout(int number) {
        return new RolloutRecord(
                number,
                RolloutRecord.Kind.DEPLOY,
                Optional.of(new ReleaseId(1)),
                new ReleaseId(2),
                List.of(new RegionName("us-west"), new RegionName("eu-west")),
                RolloutRecord.Outcome.RUNNING,
                Instant.parse("2026-01-02T03:04:05Z"),
                Optional.empty(),
                Map.of(new RegionName("us-west"), new ReleaseId(2)),
                Map.of(new RegionName("us-west"), 3));
    }

    /** A receipt of a deploy. */
    public static Receipt receipt(int rollout) {
        return new Receipt(
                rollout,
                Receipt.Outcome.DEPLOYED,
                new ReleaseId(2),
                Optional.of(new ReleaseId(1)),
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of(new Receipt.RegionReceipt(
                        new RegionName("eu-west"), 2, Duration.ofMillis(8123), Duration.ofSeconds(5))),
                new Receipt.ProbeReceipt(
                        100, 0, Duration.ofMillis(3), Duration.ofNanos(12_345_678), Duration.ofMillis(40)),
                Duration.ofSeconds(21));
    }
}
