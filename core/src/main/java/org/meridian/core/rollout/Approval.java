package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Answer;
import org.meridian.core.model.Answer.Verdict;
import org.meridian.core.plan.Plan;

/** Listens to what people say to a rollout under way: that the primary may move, or that everything shall go back. */
final class Approval {
    private static final String ABORTED = "aborted";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final World world;
    private final Ledger ledger;
    private long lookedAt;
    private boolean looked;
    private volatile boolean heard;

    Approval(World world, Ledger ledger) {
        this.world = requireNonNull(world, "world is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
    }

    /** Waits until a person approves; throws a Failure when one aborts or nobody does in time. */
    void await(Plan plan, Duration within) throws InterruptedException {
        world.events()
                .emit(new RolloutEvent.ApprovalNeeded(world.time().now(), ledger.rollout(), plan.primary(), within));
        Stopwatch watch = Stopwatch.start(world.time());
        WaitNotice notice = WaitNotice.quiet(
                world.events(),
                world.time(),
                Optional.of(plan.primary()),
                "a person to approve that the primary moves",
                within);
        while (true) {
            Optional<Answer> answer = answer();
            if (answer.isPresent()) {
                take(answer.get());
                return;
            }
            if (watch.elapsed().compareTo(within) >= 0) {
                throw Failure.of(Diagnostic.of(
                        "not-approved",
                        "nobody approved within " + Durations.spoken(within) + " that the primary " + plan.primary()
                                + " moves",
                        "Deploy again when somebody can, or give more time with rollout.approve.within."));
            }
            notice.still("nobody has said anything yet");
            world.time().sleep(LOOK_EVERY);
        }
    }

    /** Looks once a second until a person aborts, and then throws the Failure that says so. */
    void awaitAbort() throws InterruptedException {
        while (true) {
            requireNotAborted();
            world.time().sleep(LOOK_EVERY);
        }
    }

    /** Looks once a second until a person aborts, and then says that it is heard and takes effect after {@code what}. */
    void announceAbort(String what) throws InterruptedException {
        Optional<Answer> abort = abort();
        while (abort.isEmpty()) {
            world.time().sleep(LOOK_EVERY);
            abort = abort();
        }
        heard = true;
        world.events()
                .emit(new RolloutEvent.Note(
                        world.time().now(),
                        abort.get().who() + " aborted the rollout. " + what
                                + " is not cut off: everything goes back once it has ended."));
    }

    /** Throws a Failure when a person has aborted; asks the store at most once a second. */
    void requireNotAborted() {
        // A store that hangs must not stop those who would not have asked it.
        if (isTimeToLook()) {
            abort().ifPresent(this::take);
        }
    }

    private Optional<Answer> abort() {
        return answer().filter(answer -> answer.verdict() == Verdict.ABORT);
    }

    private synchronized boolean isTimeToLook() {
        long now = world.time().nanos();
        boolean time = heard || !looked || now - lookedAt >= LOOK_EVERY.toNanos();
        if (time) {
            looked = true;
            lookedAt = now;
        }
        return time;
    }

    /** Whether a failure says that a person aborted. */
    static boolean isAbort(Failure failure) {
        return failure.diagnostic().code().equals(ABORTED);
    }

    private void take(Answer answer) {
        world.events().emit(new RolloutEvent.Answered(world.time().now(), answer));
        if (answer.verdict() == Verdict.ABORT) {
            throw Failure.of(Diagnostic.of(
                    ABORTED,
                    answer.who() + " aborted the rollout",
                    "Deploy again when it shall go on; see 'meridian status'."));
        }
    }

    /** What was said; nothing while the store does not answer, since it may soon. */
    private Optional<Answer> answer() {
        try {
            return ledger.answer();
        } catch (Failure e) {
            return Optional.empty();
        }
    }
}
