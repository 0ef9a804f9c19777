package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Answer.Verdict;
import org.meridian.core.model.App;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.operation.Answers;
import org.meridian.core.operation.Bake;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.Journals;
import org.meridian.core.operation.Locks;
import org.meridian.core.operation.Orphans;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Retire;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Tasks;

/** What people do beside deploying: lock, answer, wait, look. */
class PeopleTest {
    @Test
    void aDeployThatMayWaitGetsTheLockOnceItIsReleased() throws Exception {
        Story story = Story.withFirstRelease(1);
        Workspace workspace = story.world.workspace();
        new Locks(workspace).acquire("maintenance");
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        story.world.publish(2);

        together(
                story,
                () -> outcome.set(
                        deploy(workspace.waitingForLock(Duration.ofMinutes(10))).outcome()),
                () -> {
                    story.world.pass(Duration.ofMinutes(3));
                    new Locks(workspace).release();
                });

        assertThat(outcome).hasValue(Outcome.DEPLOYED);
        assertThat(waits(story))
                .as("said at once, after ten seconds, and every half minute of three")
                .hasSizeBetween(6, 8)
                .allSatisfy(
                        what -> assertThat(what).contains("the lock of deployer-2: lock acquire", "(\"maintenance\")"));
    }

    @Test
    void aDeployThatWaitedForNothingNamesTheHolder() throws Exception {
        Story story = Story.withFirstRelease(2);
        Workspace workspace = story.world.workspace();
        new Locks(workspace).acquire("maintenance");
        Instant before = workspace.world().time().now();

        assertThatThrownBy(() -> deploy(workspace.waitingForLock(Duration.ofSeconds(30))))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED);
                    assertThat(failure.diagnostic().summary()).contains("30 s", "deployer-2", "maintenance");
                });
        assertThat(Duration.between(before, workspace.world().time().now()))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    }

    @Test
    void withoutAWaitItFailsAtOnce() throws Exception {
        Story story = Story.withFirstRelease(3);
        new Locks(story.world.workspace()).acquire("maintenance");
        assertThatThrownBy(() -> story.deploy(2))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED));
        assertThat(waits(story)).isEmpty();
    }

    @Test
    void aMessageThatSteersTerminalsIsRefused() {
        Locks locks = new Locks(new Story(4).world.workspace());
        for (String message : List.of("", " ", "\u001b[2J", "two\nlines", "x".repeat(201))) {
            assertThatThrownBy(() -> locks.acquire(message))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE));
        }
        assertThat(locks.status()).isEmpty();
    }

    @Test
    void aPersonElsewherePromotesARolloutThatWaits() throws Exception {
        SimulatedWorld world = askingBeforeThePrimary(5);
        assertThat(answered(world, Verdict.PROMOTE)).isEqualTo(Outcome.DEPLOYED);
        assertThat(world.serving(SimulatedApps.EU)).isEqualTo(R2);
    }

    @Test
    void aPersonElsewhereAbortsIt() throws Exception {
        SimulatedWorld world = askingBeforeThePrimary(6);
        assertThat(answered(world, Verdict.ABORT)).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.serving(SimulatedApps.EU)).isEqualTo(R1);
        assertThat(world.serving(SimulatedApps.US)).isEqualTo(R1);
    }

    @Test
    void aServerThatDoesNotBootIsToldOfWhileItIsWaitedFor() throws Exception {
        Story story = Story.withFirstRelease(12);
        story.world.conditions.bootsSlowly(0, Duration.ofMinutes(3));

        story.deploy(2);

        List<RolloutEvent.Waiting> told = longWaits(story).stream()
                .filter(wait -> wait.what().endsWith(" to boot"))
                .toList();
        assertThat(told).hasSizeGreaterThanOrEqualTo(4).allSatisfy(wait -> {
            assertThat(wait.seen()).isNotEmpty();
            assertThat(wait.atMost()).isEqualTo(Duration.ofMinutes(10));
        });
    }

    @Test
    void whatIsOneLongCallIsToldOfWhileItLasts() throws Exception {
        Story story = new Story(Shape.threeRegions(1).working().app(), 13);
        slow(story, Effect.PULL, 1);
        slow(story, Effect.START, 1);
        slow(story, Effect.RUN, 2);

        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.DEPLOYED);

        for (String what : List.of("to pull r1", "to start r1", "release_command on ", "before_shift on ")) {
            assertThat(longWaits(story))
                    .filteredOn(wait -> wait.what().contains(what))
                    .as(what)
                    .extracting(RolloutEvent.Waiting::waited)
                    .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(40));
        }
    }

    private static void slow(Story story, Effect effect, int times) {
        story.world.conditions.trouble(effect, 0, times, Trouble.How.SLOW, Duration.ofSeconds(50));
    }

    private static List<RolloutEvent.Waiting> longWaits(Story story) {
        return story.world.events().stream()
                .filter(RolloutEvent.Waiting.class::isInstance)
                .map(RolloutEvent.Waiting.class::cast)
                .filter(RolloutEvent.Waiting::goesOn)
                .toList();
    }

    @Test
    void anAbortIsHeardWhileServersBoot() throws Exception {
        Story story = Story.withFirstRelease(11);
        story.world.conditions.bootsSlowly(0, Duration.ofMinutes(8));
        story.world.publish(2);
        Workspace workspace = story.world.workspace();
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        Instant before = workspace.world().time().now();

        together(story, () -> outcome.set(deploy(workspace).outcome()), () -> {
            story.world.pass(Duration.ofSeconds(30));
            Answers answers = new Answers(workspace);
            answers.say(answers.underWay().number(), Verdict.ABORT);
        });

        assertThat(outcome).hasValue(Outcome.ROLLED_BACK);
        assertThat(Duration.between(before, workspace.world().time().now())).isLessThan(Duration.ofSeconds(70));
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void anAbortIsHeardWhileAPullAStartOrAServersCreationLasts() throws Exception {
        for (Effect effect : List.of(Effect.CREATE, Effect.PULL, Effect.START)) {
            Story story = Story.withFirstRelease(14);
            story.world.conditions.trouble(effect, 0, 1, Trouble.How.SLOW, Duration.ofMinutes(8));

            Duration took = aborted(story, Duration.ofSeconds(40));

            assertThat(took).as(effect.toString()).isLessThan(Duration.ofSeconds(80));
            story.requireServing(R1, Optional.empty());
        }
    }

    @Test
    void anAbortIsHeardWhileARollbackMakesItsServersAgain() throws Exception {
        Story story = Story.withFirstRelease(15);
        story.deploy(2);
        story.deploy(3);
        story.world.conditions.trouble(Effect.PULL, 0, 1, Trouble.How.SLOW, Duration.ofMinutes(8));
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        Instant before = story.world.workspace().world().time().now();

        together(
                story,
                () -> outcome.set(story.rollBackTo(R1).outcome()),
                () -> abortAfter(story, Duration.ofSeconds(40)));

        assertThat(outcome).hasValue(Outcome.FAILED);
        assertThat(Duration.between(
                        before, story.world.workspace().world().time().now()))
                .isLessThan(Duration.ofSeconds(80));
        assertThat(story.world.serving(SimulatedApps.EU)).isEqualTo(Story.R3);
    }

    @Test
    void anAbortDoesNotCutOffACommandAndSaysThatItWaits() throws Exception {
        for (int command : List.of(0, 1)) {
            Story story = new Story(Shape.threeRegions(1).working().app(), 16);
            story.deploy(1);
            story.world.conditions.trouble(Effect.RUN, command, 1, Trouble.How.SLOW, Duration.ofMinutes(3));

            Duration took = aborted(story, Duration.ofSeconds(100));

            assertThat(took).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
            assertThat(story.world.events())
                    .filteredOn(event -> event instanceof RolloutEvent.Note)
                    .extracting(event -> ((RolloutEvent.Note) event).text())
                    .filteredOn(text -> text.contains("aborted the rollout"))
                    .singleElement()
                    .asString()
                    .contains(List.of("release_command", "before_shift").get(command), "is not cut off");
            assertThat(story.world.servingReleases(SimulatedApps.EU)).containsExactly(R1);
        }
    }

    /** Deploys r2, and aborts that so long after; how long both took. */
    private static Duration aborted(Story story, Duration after) throws InterruptedException {
        story.world.publish(2);
        Workspace workspace = story.world.workspace();
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        Instant before = workspace.world().time().now();

        together(story, () -> outcome.set(deploy(workspace).outcome()), () -> abortAfter(story, after));

        assertThat(outcome).hasValue(Outcome.ROLLED_BACK);
        return Duration.between(before, workspace.world().time().now());
    }

    private static void abortAfter(Story story, Duration after) throws InterruptedException {
        story.world.pass(after);
        Answers answers = new Answers(story.world.workspace());
        answers.say(answers.underWay().number(), Verdict.ABORT);
    }

    @Test
    void nobodyCanAnswerARolloutThatIsOverOrWasInterrupted() throws Exception {
        Story story = Story.withFirstRelease(7);
        Answers answers = new Answers(story.world.workspace());
        assertThatThrownBy(() -> answers.say(1, Verdict.ABORT)).hasMessage("no rollout is under way");

        crash(story, 40);

        assertThatThrownBy(answers::underWay)
                .hasMessage("nobody carries out the rollout to r2 any more: it was interrupted");
    }

    @Test
    void theStatusTellsWhatFinishingAndUndoingTakeWhateverTheInstant() throws Exception {
        int told = 0;
        for (int instant = 1; ; instant++) {
            Story undone = Story.withFirstRelease(instant);
            if (!crash(undone, instant)) {
                break;
            }
            StatusReport status = new ReadStatus(undone.world.workspace()).run();
            assertThat(status.orphans()).as("orphans at instant %s", instant).isEmpty();
            if (status.unfinished().isPresent()) {
                told++;
                requireUndoAsTold(undone, status, instant);
                Story finished = Story.withFirstRelease(instant);
                crash(finished, instant);
                requireFinishAsTold(finished, instant);
            }
        }
        assertThat(told).isGreaterThan(50);
    }

    private static void requireUndoAsTold(Story story, StatusReport status, int instant) throws Exception {
        var unfinished = status.unfinished().orElseThrow();
        assertThat(unfinished.sentence())
                .startsWith("The deploy of r2 did not end")
                .contains("'meridian deploy'", "'meridian rollback' puts r1 back");
        int before = story.world.serverNames().size();
        story.rollBack();
        assertThat(before - story.world.serverNames().size())
                .as("servers removed, killed at instant %s: %s", instant, unfinished.sentence())
                .isEqualTo(unfinished.undo().remove());
    }

    private static void requireFinishAsTold(Story story, int instant) throws Exception {
        var unfinished =
                new ReadStatus(story.world.workspace()).run().unfinished().orElseThrow();
        int before = story.world.serverNames().size();
        int events = story.world.events().size();
        story.deploy(2);
        var work = unfinished.finish().orElseThrow();
        assertThat(story.world.serverNames().size() - before)
                .as("servers made, killed at instant %s: %s", instant, unfinished.sentence())
                .isEqualTo(work.create());
        long shifted = story.world.events().stream()
                .skip(events)
                .filter(event -> event instanceof RolloutEvent.Shifted)
                .map(event -> ((RolloutEvent.Shifted) event).region())
                .distinct()
                .count();
        assertThat(shifted)
                // One in which only the former servers have still to leave is told too, and emits no shift.
                .as("regions that changed, killed at instant %s: %s", instant, unfinished.sentence())
                .isBetween((long) work.shift() - 2, (long) work.shift());
    }

    @Test
    void theJournalHasEveryActWithItsEndAndTheCutOffOneWithout() throws Exception {
        Story story = Story.withFirstRelease(8);
        assertThat(crash(story, 40)).isTrue();
        JournalReport cutOff = new Journals(story.world.workspace()).read(Optional.empty());
        assertThat(cutOff.underWay()).isFalse();
        assertThat(cutOff.lines()).filteredOn(line -> line.end().isEmpty()).isNotEmpty();

        JournalReport first = new Journals(story.world.workspace()).read(Optional.of(1));
        assertThat(first.lines()).isNotEmpty().allSatisfy(line -> assertThat(line.end())
                .contains(State.DONE));

        assertThatThrownBy(() -> new Journals(story.world.workspace()).read(Optional.of(99)))
                .hasMessage("there is no rollout 99");
    }

    @Test
    void bakingWaitsForKeepPreviousAndThenRetires() throws Exception {
        Story story = Story.withFirstRelease(9);
        story.deploy(2);
        Workspace workspace = story.world.workspace();
        StatusReport.Kept kept = new ReadStatus(workspace).run().kept().orElseThrow();
        assertThat(kept.release()).isEqualTo(R1);
        assertThat(kept.servers()).isEqualTo(6);
        assertThat(kept.of()).isEqualTo(12);

        assertThat(new Bake(workspace).run()).hasSize(3);

        assertThat(workspace.world().time().now()).isAfterOrEqualTo(kept.until().orElseThrow());
        assertThat(waits(story)).anySatisfy(what -> assertThat(what).contains("keep_previous of r1 to end"));
        story.requireServing(R2, Optional.empty());
        assertThat(new ReadStatus(workspace).run().kept()).isEmpty();
    }

    @Test
    void withoutTheHistoryTheWarmServersAreOrphansAndOnlyTheyGo() throws Exception {
        Story story = Story.withFirstRelease(10);
        story.deploy(2);
        Workspace workspace = story.world.workspace();
        assertThat(Orphans.find(workspace)).isEmpty();
        forget(workspace);

        assertThat(Orphans.find(workspace)).hasSize(6).allSatisfy(orphan -> assertThat(orphan.release())
                .isEqualTo(R1));
        new Retire(workspace).orphans();

        assertThat(Orphans.find(workspace)).isEmpty();
        story.requireServing(R2, Optional.empty());
    }

    private static void forget(Workspace workspace) {
        try (StateStore.Lock lock = workspace
                .state()
                .lock(new StateStore.Holder(
                        "test", "forget", workspace.world().time().now()))) {
            workspace.state().clear(lock);
        }
    }

    /** A world that serves r1 and in which the primary waits for a person. */
    private static SimulatedWorld askingBeforeThePrimary(long seed) throws InterruptedException {
        App app = SimulatedApps.threeRegions(2);
        RolloutSettings old = app.rollout();
        RolloutSettings asking = new RolloutSettings(
                old.waves(),
                old.watch(),
                old.drain(),
                old.keepPrevious(),
                Optional.empty(),
                OnFailure.ROLLBACK_ALL,
                Optional.of(Duration.ofHours(1)));
        SimulatedWorld world = new SimulatedWorld(
                new App(
                        app.name(),
                        app.compose(),
                        app.image(),
                        app.primary(),
                        app.regions(),
                        app.env(),
                        app.serve(),
                        app.beforeShift(),
                        asking,
                        app.traffic(),
                        app.probe()),
                seed);
        answered(world, Verdict.PROMOTE);
        world.publish(2);
        return world;
    }

    /** Deploys, and answers a quarter of an hour after somebody is asked. */
    private static Outcome answered(SimulatedWorld world, Verdict verdict) throws InterruptedException {
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        Workspace workspace = world.workspace();
        int events = world.events().size();
        workspace
                .world()
                .tasks()
                .forEach(
                        List.<Tasks.Work>of(() -> outcome.set(deploy(workspace).outcome()), () -> {
                            while (world.events().stream().skip(events).noneMatch(PeopleTest::asksOrEnds)) {
                                world.pass(Duration.ofSeconds(1));
                            }
                            if (outcome.get() == null) {
                                world.pass(Duration.ofMinutes(15));
                                assertThat(new ReadStatus(workspace).run().approval())
                                        .isPresent();
                                Answers answers = new Answers(workspace);
                                answers.say(answers.underWay().number(), verdict);
                            }
                        }),
                        Tasks.Work::run);
        return requireNonNull(outcome.get(), "it did not end");
    }

    private static boolean asksOrEnds(RolloutEvent event) {
        return event instanceof RolloutEvent.ApprovalNeeded || event instanceof RolloutEvent.Finished;
    }

    private static Receipt deploy(Workspace workspace) throws InterruptedException {
        return new Deploy(workspace)
                .run(new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false), plan -> true);
    }

    private static void together(Story story, Tasks.Work... works) throws InterruptedException {
        story.world.workspace().world().tasks().forEach(List.of(works), Tasks.Work::run);
    }

    /** Kills the deployer of r2 at that instant; tells whether it was still at work. */
    private static boolean crash(Story story, int instant) throws InterruptedException {
        story.world.crashAfter(instant);
        try {
            story.deploy(2);
            return false;
        } catch (SimulatedCrash crash) {
            return true;
        } finally {
            story.world.revive();
        }
    }

    /** What was waited for by a person's command rather than in a region. */
    private static List<String> waits(Story story) {
        return story.world.events().stream()
                .filter(event -> event instanceof RolloutEvent.Waiting waiting
                        && waiting.region().isEmpty())
                .map(event -> ((RolloutEvent.Waiting) event).what())
                .toList();
    }
}
