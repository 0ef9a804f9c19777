package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.Act;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.operation.Unfinished.Serving;
import org.meridian.core.operation.Unfinished.Work;

/** Says what was cut off where, who serves now, and what finishing and undoing would do. */
final class UnfinishedWords {
    /** In a large app many servers are worked on at once. */
    private static final int ACTS_TOLD = 3;

    private final Unfinished unfinished;
    private final RolloutRecord rollout;

    UnfinishedWords(Unfinished unfinished) {
        this.unfinished = unfinished;
        this.rollout = unfinished.rollout();
    }

    String sentence() {
        return how() + where() + "; " + serving() + ". " + finish() + undo();
    }

    private String how() {
        String what =
                switch (rollout.kind()) {
                    case DEPLOY -> "The deploy of ";
                    case ROLLBACK -> "The rollback to ";
                    case SCALE -> "The scaling of ";
                };
        return what
                + rollout.to()
                + switch (rollout.outcome()) {
                    case PAUSED -> " is paused";
                    case FAILED -> " failed and was not put back entirely";
                    case RUNNING, DONE, ROLLED_BACK -> " did not end";
                };
    }

    private String where() {
        if (!unfinished.during().isEmpty()) {
            return ": it was cut off while " + acts(unfinished.during());
        }
        return unfinished
                .last()
                .map(act -> ", its last step was " + act.words())
                .orElse("");
    }

    private static String acts(List<Act> acts) {
        String told = acts.stream().limit(ACTS_TOLD).map(Act::words).collect(Collectors.joining(", "));
        int more = acts.size() - ACTS_TOLD;
        return more > 0 ? told + " and " + more + " more" : told;
    }

    private String serving() {
        Map<Set<ReleaseId>, List<String>> regions = new LinkedHashMap<>();
        for (Serving one : unfinished.serving()) {
            regions.computeIfAbsent(one.releases(), unseen -> new ArrayList<>())
                    .add(one.region().value());
        }
        return regions.entrySet().stream()
                .map(entry -> serves(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String serves(Set<ReleaseId> releases, List<String> regions) {
        boolean many = regions.size() > 1;
        String still = rollout.kind() != Kind.SCALE
                        && releases.equals(rollout.from().map(Set::of).orElse(Set.of()))
                ? " still"
                : "";
        String verb = many ? " serve " : " serves ";
        String what = releases.isEmpty()
                ? "nothing"
                : releases.stream().map(ReleaseId::toString).collect(Collectors.joining(" and "));
        return join(regions) + still + verb + what;
    }

    private String finish() {
        String command =
                switch (rollout.kind()) {
                    case DEPLOY -> "'meridian deploy' with the same image and configuration finishes it";
                    case ROLLBACK -> "'meridian rollback' finishes it";
                    case SCALE -> "'meridian scale' finishes it";
                };
        return command + unfinished.finish().map(work -> ": " + work(work)).orElse("") + ". ";
    }

    private String undo() {
        Optional<ReleaseId> from = rollout.from();
        if (rollout.kind() == Kind.ROLLBACK) {
            return from.map(release -> "'meridian rollback --to " + release + "' goes back to " + release + ": "
                            + work(unfinished.undo()) + ".")
                    .orElse("")
                    .strip();
        }
        if (rollout.kind() == Kind.SCALE) {
            return "'meridian rollback' undoes it: " + work(unfinished.undo()) + ".";
        }
        String back = from.map(release -> "puts " + release + " back").orElse("removes it");
        return "'meridian rollback' " + back + ": " + work(unfinished.undo()) + ".";
    }

    private static String work(Work work) {
        List<String> parts = new ArrayList<>();
        add(parts, work.create(), "server is made", "servers are made");
        add(parts, work.prepare(), "server gets the release", "servers get the release");
        add(parts, work.shift(), "region changes its weights", "regions change their weights");
        add(parts, work.remove(), "server is removed", "servers are removed");
        return parts.isEmpty() ? "only its end has to be noted" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private static String join(List<String> names) {
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
