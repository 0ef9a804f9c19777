package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.RolloutRecord;

/**
 * What a rollout did, act by act.
 *
 * @param rollout  the rollout
 * @param underWay whether somebody carries it out now
 * @param lines    its acts in the order in which they began
 */
public record JournalReport(RolloutRecord rollout, boolean underWay, List<Line> lines) {
    /** Copies the lines. */
    public JournalReport {
        requireNonNull(rollout, "rollout is null");
        lines = List.copyOf(lines);
    }

    /** Brings each act's intent and outcome together. */
    static List<Line> lines(List<JournalEntry> entries) {
        Map<Key, Line> lines = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            lines.merge(new Key(entry.token(), entry.number()), Line.of(entry), (begun, ended) -> begun.ended(entry));
        }
        return List.copyOf(lines.values());
    }

    /** The acts of which nobody knows how they ended, in the last run that wrote anything. */
    static List<Act> open(List<Line> lines) {
        long last = lines.stream().mapToLong(Line::token).max().orElse(0);
        return lines.stream()
                .filter(line -> line.token() == last && line.end().isEmpty())
                .map(Line::act)
                .toList();
    }

    private record Key(long token, int number) {}

    /**
     * One act.
     *
     * @param token   the fencing token under which it was done; another one is another run
     * @param at      when it began, by that deployer's clock
     * @param act     what
     * @param end     how it ended, DONE or FAILED; empty when that is not known, or not yet
     * @param took    how long it took; empty when that is not known
     * @param problem why it failed; empty otherwise
     */
    public record Line(
            long token, Instant at, Act act, Optional<State> end, Optional<Duration> took, Optional<String> problem) {
        /** Checks that no part is null. */
        public Line {
            requireNonNull(at, "at is null");
            requireNonNull(act, "act is null");
            requireNonNull(end, "end is null");
            requireNonNull(took, "took is null");
            requireNonNull(problem, "problem is null");
        }

        private static Line of(JournalEntry entry) {
            Optional<State> end = Optional.of(entry.state()).filter(state -> state != State.INTENDED);
            return new Line(entry.token(), entry.at(), entry.act(), end, Optional.empty(), entry.problem());
        }

        private Line ended(JournalEntry outcome) {
            if (outcome.state() == State.INTENDED) {
                return this;
            }
            // A clock that was set back meanwhile must not make it less than nothing.
            Duration passed = Duration.between(at, outcome.at());
            return new Line(
                    token,
                    at,
                    outcome.act(),
                    Optional.of(outcome.state()),
                    Optional.of(passed.isNegative() ? Duration.ZERO : passed),
                    outcome.problem());
        }
    }
}
