package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Hook;
import org.meridian.core.model.HookPoint;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.spi.HostDriver.CommandOutcome;
import org.meridian.core.spi.Notifier;

class HooksTest {
    private static final Diagnostic TIMEOUT =
            Diagnostic.of("hook-timeout", "it did not end", "Fix it.").withDetail("line 1\nline 2");

    private final List<String> ran = new ArrayList<>();
    private final List<Map<String, String>> seen = new ArrayList<>();
    private final List<RolloutEvent> events = new ArrayList<>();
    private final Map<String, CommandOutcome> outcomes = new HashMap<>();
    private final List<String> hanging = new ArrayList<>();

    @Test
    void the_commands_of_a_point_run_in_turn_and_no_others() throws InterruptedException {
        Hooks hooks = hooks(
                hook(HookPoint.BEFORE_DEPLOY, "first"),
                hook(HookPoint.AFTER_DEPLOY, "other"),
                hook(HookPoint.BEFORE_DEPLOY, "second"));

        hooks.at(HookPoint.BEFORE_DEPLOY, Map.of("app", "journal"));

        assertThat(ran).containsExactly("first", "second");
        assertThat(seen).containsOnly(Map.of("app", "journal", "hook", "before_deploy"));
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void a_command_that_fails_before_something_stops_it_and_one_after_something_is_a_note(HookPoint point)
            throws InterruptedException {
        outcomes.put("first", new CommandOutcome(3, "a\nno, not today\n"));
        Hooks hooks = hooks(hook(point, "first"), hook(point, "second"));

        if (point.name().startsWith("BEFORE_")) {
            Diagnostic problem = stopped(hooks, point);
            assertThat(problem.code()).isEqualTo("hook-failed");
            assertThat(problem.summary()).isEqualTo(point.key() + " ended with exit code 3: first --x");
            assertThat(problem.detail()).isEqualTo("a\nno, not today");
            assertThat(problem.suggestion()).isNotBlank();
            assertThat(ran).containsExactly("first");
        } else {
            hooks.at(point, Map.of());
            assertThat(ran).containsExactly("first", "second");
            assertThat(notes()).singleElement().satisfies(note -> assertThat(note)
                    .startsWith("warning: " + point.key()
                            + " ended with exit code 3: first --x (it said: no, not today). "));
        }
    }

    @Test
    void a_command_that_hangs_or_is_not_there_counts_as_one_that_fails() throws InterruptedException {
        hanging.add("first");
        Hooks hooks = hooks(hook(HookPoint.BEFORE_REGION, "first"), hook(HookPoint.AFTER_REGION, "first"));

        Diagnostic problem = stopped(hooks, HookPoint.BEFORE_REGION);
        assertThat(problem.code()).isEqualTo("hook-failed");
        assertThat(problem.summary()).isEqualTo("it did not end");
        assertThat(problem.detail()).isEqualTo("line 1\nline 2");

        hooks.at(HookPoint.AFTER_REGION, Map.of());
        assertThat(notes()).containsExactly("warning: it did not end (it said: line 2). Fix it.");
    }

    @Test
    void of_much_output_the_end_is_shown() {
        outcomes.put("first", new CommandOutcome(1, "x".repeat(10_000) + "END"));

        Diagnostic problem = stopped(hooks(hook(HookPoint.BEFORE_PLAN, "first")), HookPoint.BEFORE_PLAN);

        assertThat(problem.detail()).hasSize(4001).startsWith("…x").endsWith("xEND");
    }

    @Test
    void every_notifier_is_told_even_when_one_fails() throws InterruptedException {
        List<String> told = new ArrayList<>();
        Notifier good = (sentence, facts) -> told.add(sentence + facts);
        Notifier bad = (sentence, facts) -> {
            throw Failure.of(Diagnostic.of("notification-failed", "Slack was not told", "Check it."));
        };

        new Hooks(List.of(), this::run, List.of(good, bad, good), events::add, new ManualTime())
                .tell("done", Map.of("app", "journal"));

        assertThat(told).containsExactly("done{app=journal}", "done{app=journal}");
        assertThat(notes()).containsExactly("Slack was not told. Check it.");
    }

    @Test
    void the_facts_have_the_names_of_the_documentation() {
        RegionName eu = new RegionName("eu");
        RegionName us = new RegionName("us");
        Facts known = Facts.of(new AppName("journal"), List.of(us, eu), "ann@laptop");
        RolloutRecord rollout = new RolloutRecord(
                7,
                RolloutRecord.Kind.ROLLBACK,
                Optional.of(new ReleaseId(3)),
                new ReleaseId(2),
                List.of(us, eu),
                RolloutRecord.Outcome.RUNNING,
                Instant.EPOCH,
                Optional.empty());

        assertThat(known.asMap()).isEqualTo(Map.of("app", "journal", "regions", "us,eu", "who", "ann@laptop"));
        assertThat(known.with(rollout)
                        .with(eu)
                        .with(Receipt.Outcome.ROLLED_BACK)
                        .asMap())
                .isEqualTo(Map.of(
                        "app",
                        "journal",
                        "regions",
                        "us,eu",
                        "who",
                        "ann@laptop",
                        "rollout",
                        "7",
                        "kind",
                        "rollback",
                        "release",
                        "r2",
                        "previous",
                        "r3",
                        "region",
                        "eu",
                        "outcome",
                        "rolled-back"));
    }

    private Hooks hooks(Hook... hooks) {
        return new Hooks(List.of(hooks), this::run, List.of(), events::add, new ManualTime());
    }

    private static Hook hook(HookPoint point, String command) {
        return new Hook(point, List.of(command, "--x"), Duration.ofMinutes(1));
    }

    private CommandOutcome run(Hook hook, Map<String, String> facts) {
        String command = hook.command().getFirst();
        ran.add(command);
        seen.add(facts);
        if (hanging.contains(command)) {
            throw Failure.of(TIMEOUT);
        }
        return outcomes.getOrDefault(command, new CommandOutcome(0, ""));
    }

    private static Diagnostic stopped(Hooks hooks, HookPoint point) {
        return Optional.ofNullable(catchThrowableOfType(Failure.class, () -> hooks.at(point, Map.of())))
                .orElseThrow()
                .diagnostic();
    }

    private List<String> notes() {
        return events.stream().map(event -> ((RolloutEvent.Note) event).text()).toList();
    }
}
