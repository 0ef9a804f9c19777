package org.meridian.cli.command;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.ApprovalNeeded;
import org.meridian.core.model.Answer.Verdict;

/**
 * Asks the person at the terminal for an approval while the rollout goes on. What is typed is saved as the answer that
 * 'meridian promote' and 'meridian abort' would give, so the engine knows one way only; whoever is first, wins.
 */
final class ApprovalDesk implements EventSink {
    private final Console console;
    private final View view;
    private final AtomicReference<@Nullable Question> open = new AtomicReference<>();
    private volatile Optional<Meridian> meridian = Optional.empty();
    private volatile String release = "the release";

    /** Shows events there, and asks there too. */
    ApprovalDesk(Console console, View view) {
        this.console = console;
        this.view = view;
    }

    /** Sends answers there. */
    Meridian answering(Meridian app) {
        meridian = Optional.of(app);
        return app;
    }

    @Override
    public void emit(RolloutEvent event) {
        view.emit(event);
        switch (event) {
            case RolloutEvent.Started started ->
                release = started.plan().target().id().toString();
            case ApprovalNeeded needed -> ask(needed);
            case RolloutEvent.Answered answered -> over();
            case RolloutEvent.Reverting reverting -> over();
            case RolloutEvent.Finished finished -> over();
            default -> {}
        }
    }

    private void ask(ApprovalNeeded needed) {
        var question = new Question(
                needed.rollout(),
                "Move the primary " + needed.primary() + " to " + release + "? [y = promote, n = abort]");
        open.set(question);
        view.question(question.text());
        // A thread that reads a terminal can't be interrupted, so it must not keep the process alive either; reading
        // holds on to its carrier, so it is not a virtual one.
        Thread.ofPlatform().daemon().name("approval").start(() -> listen(question));
    }

    private void listen(Question question) {
        Optional<String> line = console.readLine();
        while (line.isPresent() && isOpen(question)) {
            view.questionOver(true);
            if (said(question, line.get())) {
                open.compareAndSet(question, null);
                return;
            }
            view.question(question.text());
            line = console.readLine();
        }
        // Nobody types any more; 'meridian promote' and 'meridian abort' are still there.
        if (isOpen(question)) {
            over();
        }
    }

    /** Whether the line was an answer and has arrived. */
    private boolean said(Question question, String line) {
        Optional<Verdict> verdict = verdict(line);
        if (verdict.isEmpty()) {
            view.remark("Type y to let the primary move, or n to take every region back.");
            return false;
        }
        try {
            meridian.orElseThrow().answer(question.rollout(), verdict.get());
            return true;
        } catch (Failure e) {
            view.problems(e.diagnostics());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Optional<Verdict> verdict(String line) {
        return switch (line.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes", "promote" -> Optional.of(Verdict.PROMOTE);
            case "n", "no", "abort" -> Optional.of(Verdict.ABORT);
            default -> Optional.empty();
        };
    }

    private boolean isOpen(Question question) {
        return question.equals(open.get());
    }

    private void over() {
        if (open.getAndSet(null) != null) {
            view.questionOver(false);
        }
    }

    private record Question(int rollout, String text) {}
}
