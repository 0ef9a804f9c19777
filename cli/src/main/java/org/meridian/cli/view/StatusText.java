package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.operation.StatusReport;
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
        status.previous().ifPresent(previous -> lines.add("previous: " + previous + kept(status.keepUntil(), now)));
        status.lockedBy()
                .ifPresent(holder -> lines.add(style.doubtful() + " locked by " + holder.who() + ": " + holder.what()
                        + ", since " + Durations.spoken(between(holder.since(), now))));
        status.interrupted().ifPresent(text -> lines.add(style.doubtful() + " " + text));
        lines.add("");
        lines.addAll(regions(status).lines(style));
        lines.add("");
        lines.addAll(servers(status).lines(style));
        return lines;
    }

    private static String kept(Optional<Instant> until, Instant now) {
        return until.map(end -> end.isAfter(now)
                        ? ", warm for another " + Durations.spoken(between(now, end))
                        : ", may be retired ('meridian retire')")
                .orElse(", warm");
    }

    private static Duration between(Instant from, Instant to) {
        return Duration.between(from, to).isNegative() ? Duration.ZERO : Duration.between(from, to);
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
