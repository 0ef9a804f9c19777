package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meridian.cli.doctor.Finding;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.Orphans.Orphan;

/** Reports as people read them. */
final class ReportText {
    private final Style style;

    ReportText(Style style) {
        this.style = style;
    }

    List<String> lines(Report report) {
        return switch (report) {
            case Report.PlanMade made -> new PlanText(style).lines(made);
            case Report.Status status -> new StatusText(style).lines(status.status(), status.now());
            case Report.Releases releases -> releases(releases);
            case Report.Servers servers -> servers(servers.servers());
            case Report.Machines machines -> MachinesView.lines(machines.machines(), style);
            case Report.Environment environment -> EnvironmentView.lines(environment.environment(), style);
            case Report.Secrets secrets -> new SecretsText(style).list(secrets.secrets());
            case Report.Jobs jobs -> new JobsText(style).lines(jobs.jobs());
            case Report.JobRuns runs -> new JobsText(style).runs(runs.runs());
            case Report.Keys keys -> new KeysText(style).lines(keys.keys());
            case Report.SecretsDiff diff -> new SecretsText(style).diff(diff.secrets());
            case Report.Orphans orphans -> orphans(orphans.orphans());
            case Report.Lock lock ->
                List.of(lock.holder()
                        .map(holder -> Words.lock(holder, lock.now()))
                        .orElse("Nobody holds the lock."));
            case Report.Journal journal -> new JournalText(style).lines(journal.journal());
            case Report.Simulated simulated -> new SimulationText(style, simulated.app(), simulated.forecast()).lines();
            case Report.Checkup checkup -> findings(checkup.findings());
            case Report.Top top -> new TopText(style).lines(top.top());
            case Report.Audit audit -> audit(audit.entries());
            case Report.Started started -> new StarterText(style).lines(started.file(), started.starter());
            case Report.Accessories accessories -> AccessoriesView.lines(accessories.accessories(), style);
            case Report.Done done -> List.of(done.line());
            case Report.Verbatim verbatim -> verbatim.text().lines().toList();
        };
    }

    private List<String> audit(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return List.of("Nothing was done by hand yet.");
        }
        var table = new Table("at (UTC)", "who", "did", "where", "what");
        for (AuditEntry entry : entries) {
            table.row(
                    Times.second(entry.at()),
                    Visible.of(entry.who()),
                    entry.action(),
                    String.join(" ", entry.where()),
                    Visible.of(entry.what()));
        }
        return table.lines(style);
    }

    private List<String> releases(Report.Releases report) {
        if (report.releases().isEmpty()) {
            return List.of("No release yet; 'meridian deploy' makes the first.");
        }
        var table = new Table("release", "made at (UTC)", "image", "last rollout");
        for (Release release : report.releases().reversed()) {
            table.row(
                    release.id().toString(),
                    Times.second(release.createdAt()),
                    release.label(),
                    lastRollout(release, report.rollouts()));
        }
        return table.lines(style);
    }

    private static String lastRollout(Release release, List<RolloutRecord> rollouts) {
        return rollouts.reversed().stream()
                .filter(rollout -> rollout.to().equals(release.id()))
                .findFirst()
                .map(Words::rollout)
                .orElse("-");
    }

    private List<String> servers(List<Server> servers) {
        if (servers.isEmpty()) {
            return List.of("No servers.");
        }
        var table = new Table("server", "region", "release", "state", "address");
        for (Server server : servers) {
            table.row(
                    server.name().value(),
                    server.region().value(),
                    server.release().toString(),
                    server.state().name().toLowerCase(Locale.ROOT),
                    server.address().orElse("-"));
        }
        return table.lines(style);
    }

    private List<String> orphans(List<Orphan> orphans) {
        if (orphans.isEmpty()) {
            return List.of("No orphans: a release accounts for every server.");
        }
        var table = new Table("server", "region", "release");
        for (Orphan orphan : orphans) {
            table.row(
                    orphan.server().value(),
                    orphan.region().value(),
                    orphan.release().toString());
        }
        return table.lines(style);
    }

    private List<String> findings(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.check().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(mark(finding.level()) + " " + Table.pad(finding.check(), width, false) + "  "
                    + Visible.of(finding.text()));
            finding.fix().lines().forEach(line -> lines.add(" ".repeat(width + 4) + "-> " + Visible.of(line)));
        }
        return lines;
    }

    private String mark(Finding.Level level) {
        return switch (level) {
            case OK -> style.good();
            case WARN -> style.doubtful();
            case FAIL -> style.bad();
        };
    }
}
