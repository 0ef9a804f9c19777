package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Hook;
import org.meridian.core.model.HookPoint;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.spi.HookRunner;
import org.meridian.core.spi.HostDriver.CommandOutcome;
import org.meridian.core.spi.Notifier;
import org.meridian.core.spi.Time;

/** The team's own commands at their points, and the notifications. */
public final class Hooks {
    private static final int LONGEST_DETAIL = 4000;

    private final List<Hook> hooks;
    private final HookRunner runner;
    private final List<Notifier> notifiers;
    private final EventSink events;
    private final Time time;

    /** These hooks and notifiers. */
    public Hooks(List<Hook> hooks, HookRunner runner, List<Notifier> notifiers, EventSink events, Time time) {
        this.hooks = List.copyOf(hooks);
        this.runner = requireNonNull(runner, "runner is null");
        this.notifiers = List.copyOf(notifiers);
        this.events = requireNonNull(events, "events is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** No commands and nobody to tell. */
    public static Hooks none(EventSink events, Time time) {
        return new Hooks(
                List.of(),
                (hook, facts) -> {
                    throw new IllegalStateException("there is no hook");
                },
                List.of(),
                events,
                time);
    }

    /** The same, whose commands tell no secret. */
    Hooks hiding(Redaction redaction, EventSink discreet) {
        HookRunner masking = (hook, facts) -> {
            try {
                CommandOutcome outcome = runner.run(hook, facts);
                return new CommandOutcome(outcome.exitCode(), redaction.mask(outcome.output()));
            } catch (Failure e) {
                throw redaction.mask(e);
            }
        };
        return new Hooks(hooks, masking, notifiers, discreet, time);
    }

    /** A kind as the facts have it. */
    public static String written(RolloutRecord.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs the commands of a point in turn, with the point's key among the facts as {@code hook}.
     *
     * <p>At a point that {@linkplain HookPoint#stops() stops}, the first that fails throws Failure, and those after it
     * are not run. At any other, a failure is a note, and those after it are run.
     */
    public void at(HookPoint point, Map<String, String> facts) throws InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put("hook", point.key());
        for (Hook hook : hooks) {
            if (hook.at() == point) {
                run(hook, all);
            }
        }
    }

    /** Tells every notifier; one that fails is a note. */
    public void tell(String sentence, Map<String, String> facts) throws InterruptedException {
        for (Notifier notifier : notifiers) {
            try {
                notifier.tell(sentence, facts);
            } catch (Failure e) {
                note(e.diagnostic().summary() + ". " + e.diagnostic().suggestion());
            }
        }
    }

    private void run(Hook hook, Map<String, String> facts) throws InterruptedException {
        try {
            CommandOutcome outcome = runner.run(hook, facts);
            if (outcome.exitCode() != 0) {
                throw Failure.of(exitCode(hook, outcome));
            }
        } catch (Failure e) {
            if (hook.at().stops()) {
                throw Failure.of(stopped(e.diagnostic()), e);
            }
            note(warning(e.diagnostic()));
        }
    }

    private static Diagnostic exitCode(Hook hook, CommandOutcome outcome) {
        return Diagnostic.of(
                        "hook-failed",
                        hook.at().key() + " ended with exit code " + outcome.exitCode() + ": "
                                + String.join(" ", hook.command()),
                        "Fix what it complains about, or the command under 'hooks', then run the command again.")
                .withDetail(outcome.output().strip());
    }

    /** Whatever was wrong with the command, one code says that a hook stopped it. */
    private static Diagnostic stopped(Diagnostic problem) {
        return new Diagnostic(
                "hook-failed", problem.summary(), end(problem.detail()), problem.suggestion(), problem.where());
    }

    private static String warning(Diagnostic problem) {
        String lastLine = problem.detail().strip();
        lastLine = lastLine.substring(lastLine.lastIndexOf('\n') + 1);
        String said = lastLine.isEmpty() ? "" : " (it said: " + end(lastLine) + ")";
        return "warning: " + problem.summary() + said + ". " + problem.suggestion();
    }

    private static String end(String text) {
        return text.length() <= LONGEST_DETAIL ? text : "…" + text.substring(text.length() - LONGEST_DETAIL);
    }

    private void note(String text) {
        events.emit(new RolloutEvent.Note(time.now(), text));
    }
}
