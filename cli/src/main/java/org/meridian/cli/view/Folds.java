package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.RegionName;

/**
 * Puts what happens in a region during a phase into one fold of a GitHub Actions log, under the line that says how the phase
 * ended; what keeps it for long is told at once. (docs.github.com, "Workflow commands", grouping log lines.) Where a phase never ends, its lines come unfolded.
 */
final class Folds {
    private final ActionsLog out;
    private final Map<RegionName, List<String>> open = new LinkedHashMap<>();

    Folds(ActionsLog out) {
        this.out = out;
    }

    /** Prints an event's line, now or with its region's. */
    void print(RolloutEvent event, String line) {
        switch (event) {
            case RolloutEvent.PhaseStarted started -> {
                unfold(started.region());
                out.println(line);
                open.put(started.region(), new ArrayList<>());
            }
            case RolloutEvent.PhaseEnded ended -> fold(ended.region(), line);
            case RolloutEvent.ServerReached reached -> within(Optional.of(reached.region()), line);
            case RolloutEvent.Waiting waiting when !waiting.goesOn() -> within(waiting.region(), line);
            case RolloutEvent.Failed failed -> {
                unfoldAll();
                out.println(line);
            }
            default -> out.println(line);
        }
    }

    /** Prints what is left, for the end. */
    void unfoldAll() {
        List.copyOf(open.keySet()).forEach(this::unfold);
    }

    private void within(Optional<RegionName> region, String line) {
        List<String> lines = region.map(open::get).orElse(null);
        if (lines == null) {
            out.println(line);
        } else {
            lines.add(line);
        }
    }

    private void fold(RegionName region, String title) {
        List<String> lines = open.remove(region);
        if (lines == null || lines.isEmpty()) {
            out.println(title);
            return;
        }
        out.command("group", title.strip());
        lines.forEach(out::println);
        out.command("endgroup", "");
    }

    private void unfold(RegionName region) {
        List<String> lines = open.remove(region);
        if (lines != null) {
            lines.forEach(out::println);
        }
    }
}
