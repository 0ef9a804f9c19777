package org.meridian.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.meridian.cli.Meridian;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Act;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.operation.JournalReport.Line;
import org.meridian.testkit.simulation.Assumptions.Assumed;
import org.meridian.testkit.simulation.Assumptions.Taking;

/** How long things took in an app's own past deploys, as their journals tell. */
final class PastTimes {
    private static final int DEPLOYS = 10;

    private final HealthCheck health;
    private final Map<Taking, List<Duration>> times = new EnumMap<>(Taking.class);

    private PastTimes(HealthCheck health) {
        this.health = health;
    }

    /** What the last deploys that went well tell; nothing, and a remark, where they can't be read. */
    static Map<Taking, Assumed> of(Meridian meridian, Consumer<String> remark) throws InterruptedException {
        PastTimes past = new PastTimes(meridian.app().serve().health());
        try {
            List<RolloutRecord> deploys = meridian.rollouts().reversed().stream()
                    .filter(rollout -> rollout.kind() == RolloutRecord.Kind.DEPLOY
                            && rollout.outcome() == RolloutRecord.Outcome.DONE)
                    .limit(DEPLOYS)
                    .toList();
            for (RolloutRecord deploy : deploys) {
                past.learn(meridian.journal(Optional.of(deploy.number())).lines());
            }
        } catch (Failure e) {
            remark.accept("Past deploys can't be read, so usual times are assumed: "
                    + e.diagnostic().summary());
        }
        return past.assumed();
    }

    private Map<Taking, Assumed> assumed() {
        Map<Taking, Assumed> assumed = new EnumMap<>(Taking.class);
        times.forEach((taking, durations) -> assumed.put(taking, Assumed.learnt(durations)));
        return assumed;
    }

    private void learn(List<Line> lines) {
        for (Line line : lines) {
            switch (line.act().kind()) {
                case PLACE -> {
                    took(Taking.PLACE, line);
                    learnBoot(line, lines);
                }
                case PULL -> took(Taking.PULL, line);
                case START -> took(Taking.START, line);
                case RUN_ONCE -> took(Taking.COMMAND, line);
                case SET_POOL -> learnHealth(line, lines);
                default -> {}
            }
        }
    }

    private void took(Taking taking, Line line) {
        if (line.end().equals(Optional.of(State.DONE))) {
            line.took().ifPresent(duration -> add(taking, duration));
        }
    }

    /** A server has booted when its release is placed; it was asked for with the last change of its region's servers. */
    private void learnBoot(Line placed, List<Line> lines) {
        lines.stream()
                .filter(line -> before(line, placed, Act.Kind.CONVERGE))
                .map(Line::at)
                .max(Instant::compareTo)
                .ifPresent(asked -> add(Taking.BOOT, Duration.between(asked, placed.at())));
    }

    /** A region's new servers join its pool once all are healthy; they were asked {@code rise} times. */
    private void learnHealth(Line joined, List<Line> lines) {
        boolean first = lines.stream().noneMatch(line -> before(line, joined, Act.Kind.SET_POOL));
        Duration streak = health.interval().multipliedBy(health.rise() - 1L);
        lines.stream()
                .filter(line -> first && before(line, joined, Act.Kind.START))
                .map(line -> line.at().plus(line.took().orElse(Duration.ZERO)))
                .max(Instant::compareTo)
                .ifPresent(started -> add(
                        Taking.HEALTHY, Duration.between(started, joined.at()).minus(streak)));
    }

    /** Whether a line tells of such an act in the same region by the same deployer earlier. */
    private static boolean before(Line line, Line later, Act.Kind kind) {
        return line.act().kind() == kind
                && line.token() == later.token()
                && line.act().region().equals(later.act().region())
                && line.at().isBefore(later.at());
    }

    private void add(Taking taking, Duration duration) {
        // A clock that was set back meanwhile must not make it less than nothing.
        times.computeIfAbsent(taking, key -> new ArrayList<>()).add(duration.isNegative() ? Duration.ZERO : duration);
    }
}
