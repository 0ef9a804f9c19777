package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.cli.world.KillPoint.Next;
import tools.jackson.databind.JsonNode;

/**
 * The deployer is killed at an entry of its own journal, under load; the next command finishes or undoes.
 *
 * <p>{@code make test} takes a sample, {@code make torture} each entry of a deploy.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TortureWorldTest {
    private static final boolean ALL = "all".equals(System.getenv("MERIDIAN_TORTURE"));

    private LocalWorld world;
    private List<KillPoint> points = List.of();
    private TortureLog log = TortureLog.of(0);

    @BeforeAll
    void deployTheFirstRelease() throws Exception {
        world = LocalWorld.create("torture");
        // Longer than this takes, so that every deploy has the same entries.
        world.rollout("{ watch: 3s, drain: 5s, keep_previous: 12h }");
        try (Running deploy = world.start("deploy", "--tag", "v1", "--yes", "--json")) {
            assertThat(deploy.end().exitCode()).as(deploy.everything()).isZero();
            requireIntentBeforeEachAct(deploy);
        }
        points = ALL ? TortureLog.left(KillPoint.each(entriesOfADeploy())) : KillPoint.sample();
        log = TortureLog.of(points.size());
    }

    /** Without it the kill points would mean nothing. */
    private static void requireIntentBeforeEachAct(Running deploy) {
        long intended =
                deploy.count("journalled", e -> e.path("state").asString("").equals("intended"));
        long done = deploy.count("journalled", e -> e.path("state").asString("").equals("done"));
        assertThat(intended).as(deploy.everything()).isEqualTo(done).isGreaterThanOrEqualTo(15);
    }

    /** With former servers to retire, as most deploys have. */
    private int entriesOfADeploy() throws InterruptedException {
        assertThat(world.deploy("v2").exitCode()).isZero();
        try (Running deploy = world.start("deploy", "--tag", "v1", "--yes", "--json")) {
            assertThat(deploy.end().exitCode()).as(deploy.everything()).isZero();
            return (int) deploy.count("journalled", e -> true);
        }
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
    }

    List<KillPoint> points() {
        return points;
    }

    @ParameterizedTest
    @MethodSource("points")
    void theNextCommandFinishesOrUndoes(KillPoint point) throws Exception {
        String next = world.settle();
        String before = world.release();
        try (Users users = Users.of(world.address())) {
            Killed killed = killAt(point, next);
            requireThatStatusTells(killed);

            LocalWorld.Receipt receipt = point.afterwards() == Next.DEPLOY ? world.deploy(next) : world.rollBack();

            String story = killed.printed() + "\n--- then ---\n" + receipt.everything();
            assertThat(receipt.exitCode()).as(story).isZero();
            assertThat(receipt.probeFailures()).as(story).isZero();
            requireOneRelease(point.afterwards() == Next.DEPLOY ? killed.release() : before, story);
            if (point.afterwards() == Next.ROLLBACK) {
                world.requireNothingOf(killed.release());
            }
            assertThat(users.failures()).as(story).isEmpty();
            assertThat(users.sent()).isGreaterThan(100);
        }
        if (ALL) {
            log.passed(point);
        }
    }

    private Killed killAt(KillPoint point, String tag) throws InterruptedException {
        try (Running deploy = world.startHeld(point, "deploy", "--tag", tag, "--yes", "--json")) {
            assertThat(point.await(deploy))
                    .as(() -> "the deploy gets so far: " + point + "\n" + deploy.everything())
                    .isTrue();
            deploy.kill();
            return new Killed(deploy.release(), deploy.everything());
        }
    }

    private void requireThatStatusTells(Killed killed) {
        JsonNode status = world.status();
        assertThat(status.path("interrupted").asString(""))
                .as(killed.printed())
                .contains(killed.release() + " did not end");
        assertThat(status.path("locked").isNull())
                .as("a process that is gone has no lock: " + status)
                .isTrue();
    }

    private void requireOneRelease(String release, String story) {
        world.requireServing(release);
        for (String country : List.of("DE", "US")) {
            assertThat(Users.servedBy(world.address(), country)).as(story).endsWith("/" + release);
        }
        JsonNode status = world.status();
        assertThat(status.path("interrupted").isNull()).as(status.toString()).isTrue();
        assertThat(status.path("locked").isNull()).as(status.toString()).isTrue();
    }

    /**
     * A deploy that was killed.
     *
     * @param release what it was deploying
     * @param printed what it said until then
     */
    private record Killed(String release, String printed) {}
}
