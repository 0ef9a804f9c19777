package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.spi.StateStore.Holder;

/** What a person says to a rollout that is under way, here or on another machine. */
public final class Answers {
    private final Workspace workspace;

    /** Answers in this workspace. */
    public Answers(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** The rollout that somebody carries out now; throws a Failure of kind USAGE when nobody does. */
    public RolloutRecord underWay() {
        Optional<RolloutRecord> running =
                workspace.history().last().filter(rollout -> rollout.outcome() == Outcome.RUNNING);
        return running.filter(rollout -> works(workspace.state().holder()))
                .orElseThrow(() -> Failure.usage(nothing(running)));
    }

    /** Says it to the rollout of that number; throws a Failure of kind USAGE unless that one is under way. */
    public Answer say(int rollout, Answer.Verdict verdict) {
        if (underWay().number() != rollout) {
            throw Failure.usage(nothing(Optional.empty()));
        }
        Answer answer = new Answer(
                rollout, verdict, workspace.who(), workspace.world().time().now());
        new Audit(workspace).write(Audit.action(verdict), List.of(), "rollout " + rollout);
        workspace.state().save(answer);
        return answer;
    }

    /** Whether a command works, rather than a person who keeps others out. */
    static boolean works(Optional<Holder> holder) {
        return holder.filter(found -> !found.kept()).isPresent();
    }

    private static Diagnostic nothing(Optional<RolloutRecord> interrupted) {
        return interrupted
                .map(rollout -> Diagnostic.of(
                        "nothing-under-way",
                        "nobody carries out the rollout to " + rollout.to() + " any more: it was interrupted",
                        switch (rollout.kind()) {
                            case DEPLOY -> "'meridian deploy' finishes it, 'meridian rollback' undoes it.";
                            case ROLLBACK -> "'meridian rollback' finishes it.";
                            case SCALE -> "'meridian scale' finishes it, 'meridian rollback' undoes it.";
                        }))
                .orElse(Diagnostic.of(
                        "nothing-under-way",
                        "no rollout is under way",
                        "There is nothing to answer; 'meridian status' shows what runs."));
    }
}
