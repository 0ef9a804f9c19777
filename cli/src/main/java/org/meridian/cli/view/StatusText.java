package org.meridian.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.operation.Orphans.Orphan;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;

/** What runs where, as people read it. */
final class StatusText {
    private final Style style;

    StatusText(Style style) {
        this.style = style;
    }

    List<String> lines(StatusReport status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(status.app().value()) + "  "
                + status.release()
                        .map(release -> release + " serves everywhere")
                        .orElse("no release serves everywhere"));
        status.kept().ifPresent(kept -> lines.add(kept(kept, now)));
        status.lockedBy().ifPresent(holder -> lines.add(style.doubtful() + " " + Words.lock(holder, now)));
        status.unfinished().ifPresent(unfinished -> lines.add(style.doubtful() + " " + unfinished.sentence()));
        status.approval()
                .ifPresent(rollout -> lines.add(style.doubtful() + " " + rollout.to()
                        + " waits for approval before the primary " + status.primary()
                        + " moves: 'meridian promote' or 'meridian abort'"));
        if (!status.orphans().isEmpty()) {
            lines.add(style.doubtful() + " " + orphans(status.orphans()));
        }
        status.unseen()
                .forEach(part -> lines.add(
                        style.doubtful() + " " + part.problem().summary() + "; what runs there is not known"));
        lines.add("");
        lines.addAll(regions(status).lines(style));
        lines.add("");
        lines.addAll(servers(status).lines(style));
        lines.addAll(new ServicesText(style).lines(status.services()));
        return lines;
    }

    /** The warm release, until when, and its share of the servers. */
    static String kept(Kept kept) {
        return kept.release() + " kept"
                + kept.until().map(end -> " until " + Times.minute(end)).orElse("") + ", " + kept.servers() + " of "
                + kept.of() + " servers";
    }

    private static String kept(Kept kept, Instant now) {
        return kept(kept)
                + kept.until()
                        .map(end -> end.isAfter(now)
                                ? " (another " + Durations.spoken(Times.between(now, end)) + ")"
                                : ": may go now ('meridian retire')")
                        .orElse("");
    }

    private static String orphans(List<Orphan> orphans) {
        String names = orphans.stream().map(Orphan::toString).collect(Collectors.joining(", "));
        return "no release accounts for " + names + ": 'meridian retire --orphans' removes "
                + (orphans.size() == 1 ? "it" : "them");
    }

    private Table regions(StatusReport status) {
        var table = new Table("region", "release", "healthy", " weight");
        for (RegionStatus region : status.regions()) {
            boolean primary = region.name().equals(status.primary());
            String count = region.healthy() + "/" + region.wanted();
            table.row(
                    region.name() + (primary ? " (primary)" : ""),
                    release(region.release()),
                    region.healthy() >= region.wanted() ? style.green(count) : style.red(count),
                    region.weight().toString());
        }
        return table;
    }

    private Table servers(StatusReport status) {
        var table = new Table("server", "release", "health", " weight", " in flight", "address");
        for (RegionStatus region : status.regions()) {
            for (ServerStatus server : region.servers()) {
                table.row(
                        server.name().value(),
                        server.release().toString(),
                        health(server),
                        server.draining() ? "out" : server.weight().toString(),
                        Integer.toString(server.inFlight()),
                        server.address().orElse("-"));
            }
        }
        return table;
    }

    private String health(ServerStatus server) {
        String word = server.health().name().toLowerCase(Locale.ROOT);
        return switch (server.health()) {
            case HEALTHY -> style.green(word);
            case UNHEALTHY -> style.red(word);
            case UNKNOWN -> style.dim(word);
        };
    }

    private static String release(Optional<ReleaseId> release) {
        return release.map(ReleaseId::toString).orElse("-");
    }
}
