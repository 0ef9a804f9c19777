package org.meridian.core.operation;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.plan.Plan;

/** Knows from the journals whether a release's command has run, since it runs once for each release. */
final class ReleaseCommands {
    private final Workspace workspace;

    ReleaseCommands(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The plan without its release command where that has ended well; says so where nobody knows how it ended. */
    Plan leftOutWhereDone(Plan plan) {
        if (plan.releaseCommand().isEmpty()) {
            return plan;
        }
        Optional<JournalEntry> last = last(plan.target().id());
        if (last.filter(ReleaseCommands::endedWell).isPresent()) {
            return plan.released();
        }
        if (last.isPresent()) {
            workspace.note("The release command of " + plan.target().id() + " was begun at "
                    + last.get().at() + ", and did not end well as far as is known; it runs again.");
        }
        return plan;
    }

    private static boolean endedWell(JournalEntry entry) {
        return entry.state() == State.DONE;
    }

    /** What the journal says last of it, since the release was last taken back. */
    private Optional<JournalEntry> last(ReleaseId release) {
        for (RolloutRecord rollout : workspace.history().rollouts().reversed()) {
            if (rollout.to().equals(release) && rollout.kind() == Kind.DEPLOY) {
                if (rollout.outcome() == Outcome.ROLLED_BACK) {
                    return Optional.empty();
                }
                List<JournalEntry> journal = workspace.state().journal(rollout.number());
                Optional<JournalEntry> found = journal.stream()
                        .filter(entry -> entry.act().kind() == Act.Kind.RELEASE_COMMAND)
                        .reduce((first, second) -> second);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
