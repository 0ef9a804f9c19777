package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.JournalReport.Line;

/**
 * Tells from a rollout's acts which phases its regions went through: the journal holds acts only, and is all that another
 * process leaves of a rollout.
 */
public final class Phases {
    /** A weight as the act that changes a pool writes it: the server's name, which ends in release and number. */
    private static final Pattern WEIGHT = Pattern.compile("-(r[0-9]+)-[0-9]+ ([0-9]+)");

    private final RolloutRecord rollout;
    private final List<Line> lines;
    private final boolean underWay;

    private Phases(JournalReport journal) {
        this.rollout = journal.rollout();
        this.lines = journal.lines();
        this.underWay = journal.underWay();
    }

    /** The phases of every region, in the order in which they began. */
    public static List<PhaseView> of(JournalReport journal) {
        return new Phases(requireNonNull(journal, "journal is null")).all();
    }

    private List<PhaseView> all() {
        List<PhaseView> phases = new ArrayList<>();
        rollout.regions().forEach(region -> phases.addAll(of(region)));
        phases.sort((one, other) -> one.startedAt().compareTo(other.startedAt()));
        return List.copyOf(phases);
    }

    private List<PhaseView> of(RegionName region) {
        List<Stretch> stretches = new ArrayList<>();
        Kind before = Kind.PREPARE;
        for (Line line : lines) {
            if (line.act().region().filter(region::equals).isPresent()) {
                Kind kind = kind(line.act(), before);
                if (stretches.isEmpty() || stretches.getLast().kind != kind) {
                    stretches.add(new Stretch(kind, line.at()));
                }
                stretches.getLast().add(line);
                before = kind;
            }
        }
        List<PhaseView> views = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Optional<Instant> next =
                    i + 1 < stretches.size() ? Optional.of(stretches.get(i + 1).startedAt) : Optional.empty();
            views.add(stretches.get(i).view(region, next, underWay));
        }
        bake(region, stretches).ifPresent(views::add);
        return views;
    }

    /** What the release before is kept for, once the region's part is over. */
    private Optional<PhaseView> bake(RegionName region, List<Stretch> stretches) {
        if (rollout.outcome() != Outcome.DONE || stretches.isEmpty()) {
            return Optional.empty();
        }
        return rollout.keepUntil()
                .map(until -> new PhaseView(
                        region.value(), "bake", stretches.getLast().endedAt, Optional.of(until), Optional.of(true)));
    }

    private Kind kind(Act act, Kind before) {
        boolean moved = before.compareTo(Kind.BEFORE_SHIFT) > 0;
        return switch (act.kind()) {
            case PREPARE_EDGE, PLACE, PULL, KEEP, START, REBOOT -> moved ? before : Kind.PREPARE;
            case CONVERGE -> moved ? Kind.RETIRE : Kind.PREPARE;
            case RELEASE_COMMAND -> Kind.RELEASE_COMMAND;
            // The release command is one of them.
            case RUN_ONCE -> before == Kind.RELEASE_COMMAND ? before : Kind.BEFORE_SHIFT;
            case START_WORKERS, END_WORKERS, START_JOBS, END_JOBS -> moved ? before : Kind.SHIFT;
            case SET_POOL -> pool(act.detail(), before);
            case DRAIN -> before == Kind.REVERT ? Kind.REVERT : moved ? Kind.DRAIN : before;
            case DISCARD, DESTROY -> Kind.RETIRE;
        };
    }

    private Kind pool(String weights, Kind before) {
        boolean fresh = false;
        boolean former = false;
        Matcher weight = WEIGHT.matcher(weights);
        while (weight.find()) {
            boolean serves = !weight.group(2).equals("0");
            boolean wanted = weight.group(1).equals(rollout.to().toString());
            fresh |= serves && wanted;
            former |= serves && !wanted;
        }
        boolean moved = before.compareTo(Kind.BEFORE_SHIFT) > 0;
        if (fresh) {
            return former ? Kind.CANARY : Kind.SHIFT;
        }
        boolean back = before == Kind.CANARY || before == Kind.SHIFT || before == Kind.DRAIN || before == Kind.REVERT;
        return back && former ? Kind.REVERT : moved ? before : Kind.PREPARE;
    }

    private enum Kind {
        RELEASE_COMMAND("release-command"),
        PREPARE("prepare"),
        BEFORE_SHIFT("before-shift"),
        CANARY("canary"),
        SHIFT("shift"),
        DRAIN("drain"),
        REVERT("revert"),
        RETIRE("retire");

        private final String written;

        Kind(String written) {
            this.written = written;
        }
    }

    /** Acts of one kind, one after the other or at once. */
    private static final class Stretch {
        private final Kind kind;
        private final Instant startedAt;
        private Instant endedAt;
        private boolean open;
        private boolean failed;

        Stretch(Kind kind, Instant startedAt) {
            this.kind = kind;
            this.startedAt = startedAt;
            this.endedAt = startedAt;
        }

        void add(Line line) {
            Instant end = line.at().plus(line.took().orElse(Duration.ZERO));
            endedAt = end.isAfter(endedAt) ? end : endedAt;
            open = line.end().isEmpty();
            failed |= line.end().filter(State.FAILED::equals).isPresent();
        }

        /** A stretch lasts until the next one begins, since between two acts the rollout waits for what they bring about. */
        PhaseView view(RegionName region, Optional<Instant> next, boolean underWay) {
            boolean goesOn = next.isEmpty() && (underWay || open);
            return new PhaseView(
                    region.value(),
                    kind.written,
                    startedAt,
                    goesOn ? Optional.empty() : next.or(() -> Optional.of(endedAt)),
                    goesOn ? Optional.empty() : Optional.of(!failed));
        }
    }
}
