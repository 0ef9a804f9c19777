package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.meridian.core.model.Act;
import org.meridian.core.model.Answer;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;

/**
 * Tells what the last rollout does from what the state store remembers of it, so that it does not matter which process on
 * which machine carries it out.
 */
final class RolloutWatch {
    private final StateStore state;
    private final Time time;
    private final Consumer<RolloutStep> told;
    private boolean looked;
    private Optional<RolloutRecord> last = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private int entries;

    RolloutWatch(StateStore state, Time time, Consumer<RolloutStep> told) {
        this.state = requireNonNull(state, "state is null");
        this.time = requireNonNull(time, "time is null");
        this.told = requireNonNull(told, "told is null");
    }

    /** Looks, and tells what is new; at the first look everything is old. */
    void look() {
        List<RolloutRecord> rollouts = state.rollouts();
        if (!rollouts.isEmpty()) {
            look(rollouts.getLast());
        }
        looked = true;
    }

    /** The rollout that is under way, or was cut off. */
    Optional<RolloutRecord> running() {
        return last.filter(rollout -> rollout.outcome() == Outcome.RUNNING);
    }

    private void look(RolloutRecord rollout) {
        boolean another = last.map(RolloutRecord::number)
                .filter(number -> number == rollout.number())
                .isEmpty();
        if (another) {
            entries = 0;
            answer = Optional.empty();
            tell(rollout, "started", Optional.empty(), title(rollout));
        }
        boolean ran = another || running().isPresent();
        if (ran || rollout.outcome() == Outcome.RUNNING) {
            tellActs(rollout);
            tellAnswer(rollout);
        }
        boolean ended = ran && rollout.outcome() != Outcome.RUNNING;
        last = Optional.of(rollout);
        if (ended) {
            tell(rollout, "finished", Optional.empty(), title(rollout) + ": " + written(rollout.outcome()));
        }
    }

    private void tellActs(RolloutRecord rollout) {
        List<JournalEntry> journal = state.journal(rollout.number());
        for (JournalEntry entry : journal.subList(Math.min(entries, journal.size()), journal.size())) {
            if (looked) {
                told.accept(step(entry));
            }
        }
        entries = journal.size();
    }

    private static RolloutStep step(JournalEntry entry) {
        Act act = entry.act();
        String outcome =
                switch (entry.state()) {
                    case INTENDED -> "";
                    case DONE -> ": done";
                    case FAILED ->
                        ": failed" + entry.problem().map(why -> ", " + why).orElse("");
                };
        return new RolloutStep(
                entry.rollout(), "act", entry.at(), act.region().map(RegionName::value), act.words() + outcome);
    }

    private void tellAnswer(RolloutRecord rollout) {
        Optional<Answer> said = state.answer(rollout.number());
        if (!said.equals(answer)) {
            said.ifPresent(one -> tell(
                    rollout,
                    "answered",
                    Optional.empty(),
                    one.who() + " says " + one.verdict().name().toLowerCase(Locale.ROOT)));
        }
        answer = said;
    }

    private void tell(RolloutRecord rollout, String kind, Optional<String> region, String summary) {
        if (looked) {
            told.accept(new RolloutStep(rollout.number(), kind, time.now(), region, summary));
        }
    }

    private static String title(RolloutRecord rollout) {
        String from = rollout.from().map(release -> " from " + release).orElse("");
        return written(rollout.kind()) + " to " + rollout.to() + from;
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
