package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Outcome;

/** Reads journals of rollouts. */
public final class Journals {
    private final Workspace workspace;

    /** Reads those of this workspace. */
    public Journals(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /**
     * Reads one; throws a Failure of kind USAGE when there is no such rollout.
     *
     * @param number the rollout's number; empty for the last one
     */
    public JournalReport read(Optional<Integer> number) {
        List<RolloutRecord> rollouts = workspace.state().rollouts();
        RolloutRecord rollout = rollouts.reversed().stream()
                .filter(known -> number.isEmpty() || number.get() == known.number())
                .findFirst()
                .orElseThrow(() -> unknown(number, rollouts));
        boolean last = rollout.equals(rollouts.getLast());
        boolean underWay = last
                && rollout.outcome() == Outcome.RUNNING
                && Answers.works(workspace.state().holder());
        return new JournalReport(
                rollout, underWay, JournalReport.lines(workspace.state().journal(rollout.number())));
    }

    private static Failure unknown(Optional<Integer> number, List<RolloutRecord> rollouts) {
        if (rollouts.isEmpty()) {
            return Failure.usage(Diagnostic.of(
                    "no-rollout", "nothing was rolled out yet, so there is no journal", "Run 'meridian deploy'."));
        }
        return Failure.usage(Diagnostic.of(
                "unknown-rollout",
                "there is no rollout " + number.map(String::valueOf).orElse(""),
                "Write a number from " + rollouts.getFirst().number() + " to "
                        + rollouts.getLast().number() + "; 'meridian releases --json' lists them."));
    }
}
