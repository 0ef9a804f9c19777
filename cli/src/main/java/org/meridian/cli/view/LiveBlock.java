package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** The lines that a terminal shows of a rollout at one moment; pure, so that tests can compare them. */
final class LiveBlock {
    private static final int PHASE_WIDTH = 13;
    private static final int TIME_WIDTH = 7;

    private final Style style;

    LiveBlock(Style style) {
        this.style = style;
    }

    /**
     * The title, a row for each region, what is waited for, what the probe saw, what a person is asked; none wider or
     * more than fits.
     */
    List<String> lines(Progress progress, Optional<String> question, Instant now, ScreenSize size) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        progress.start().ifPresent(start -> {
            String elapsed = Durations.spoken(Duration.between(start.at(), now));
            lines.add("  " + style.bold(EventText.title(start.plan())) + style.dim("  " + elapsed));
        });
        int nameWidth = progress.regions().keySet().stream()
                .mapToInt(name -> name.value().length())
                .max()
                .orElse(0);
        progress.regions().forEach((name, region) -> lines.add(row(name, region, now, nameWidth)));
        progress.waits().values().forEach(wait -> lines.add(waiting(wait, now)));
        progress.probed().ifPresent(probed -> lines.add("  " + style.dim(Words.probe(probed))));
        // The cursor stands on the line below, so one line has to stay free; a question has to be seen.
        int room = Math.max(1, size.rows() - 1 - (question.isPresent() ? 1 : 0));
        return Stream.concat(lines.stream().limit(room), question.map(style::bold).stream())
                .map(line -> Table.fit(line, size.columns() - 1, style))
                .toList();
    }

    private String row(RegionName name, RegionProgress region, Instant now, int nameWidth) {
        return ("  " + mark(region) + " " + Table.pad(name.value(), nameWidth, false) + "  "
                        + Table.pad(phase(region), PHASE_WIDTH, false) + Table.pad(time(region, now), TIME_WIDTH, true)
                        + "  " + details(region))
                .stripTrailing();
    }

    private String mark(RegionProgress region) {
        if (region.failed()) {
            return style.bad();
        }
        if (region.running().isPresent()) {
            return style.yellow(">");
        }
        return region.ended().isPresent() ? style.good() : " ";
    }

    private String phase(RegionProgress region) {
        return region.running()
                .map(Words::running)
                .or(() ->
                        region.failed() ? Optional.of("failed") : region.ended().map(Words::ended))
                .orElse(style.dim("not yet"));
    }

    private static String time(RegionProgress region, Instant now) {
        if (region.running().isPresent()) {
            return Durations.spoken(region.runningFor(now));
        }
        return region.ended().isPresent() && !region.failed() ? Durations.spoken(region.took()) : "";
    }

    private String details(RegionProgress region) {
        String serves = region.serves()
                .map(release -> "traffic on " + release + canary(region) + "  ")
                .orElse("");
        return serves + style.dim(servers(region));
    }

    /** How much of the traffic it has, while that is not all, and what the judge said of it. */
    private String canary(RegionProgress region) {
        if (region.weight().percent() == 100) {
            return "";
        }
        return " at " + region.weight() + "%"
                + region.judged()
                        .map(judged -> ", " + Words.decision(judged.verdict().decision()))
                        .orElse("");
    }

    /** Short names will do here: the region stands at the row's head. */
    private static String servers(RegionProgress region) {
        return region.servers().entrySet().stream()
                .map(server -> shortName(server.getKey()) + " " + Words.stage(server.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** The last two parts of a name such as journal-us-r2-1: release and number. */
    static String shortName(ServerName name) {
        String server = name.value();
        int last = server.lastIndexOf('-');
        return server.substring(server.lastIndexOf('-', last - 1) + 1);
    }

    private String waiting(Waiting wait, Instant now) {
        String who = wait.region().map(region -> region + ": ").orElse("");
        Duration waited = wait.waited().plus(Duration.between(wait.at(), now));
        String seen = wait.seen().isEmpty() ? "" : ": " + Visible.of(wait.seen());
        return "    "
                + style.dim(who + "waiting for " + wait.what() + ", " + Durations.spoken(waited) + " of at most "
                        + Durations.limit(wait.atMost()) + seen);
    }
}
