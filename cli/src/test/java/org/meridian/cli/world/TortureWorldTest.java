package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.cli.world.KillPoint.Next;

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
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        points = ALL ? TortureLog.left(KillPoint.each(entriesOfADeploy())) : KillPoint.sample();
        log = TortureLog.of(points.size());
    }

    /** With former servers to retire, as most deploys have. */
    private int entriesOfADeploy() throws InterruptedException {
        assertThat(world.deploy("v2").exitCode()).isZero();
        try (Running deploy = world.start("deploy", "--tag", "v1", "--yes", "--json")) {
            deploy.end();
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
        try (Readers readers = Readers.of(world.address())) {
            Killed killed = killAt(point, next);
            if (point.afterwards() == Next.DEPLOY) {
                finish(next, killed);
            } else {
                undo(before, killed);
            }
            assertThat(readers.failures()).isEmpty();
            assertThat(readers.sent()).isGreaterThan(100);
        }
        assertThat(world.status().path("locked").isNull()).isTrue();
        assertThat(world.status().path("interrupted").isNull()).isTrue();
        if (ALL) {
            log.passed(point);
        }
    }

    @Test
    void aDeployJournalsEachActWithItsIntentBefore() throws Exception {
        String next = world.settle();
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            assertThat(deploy.end().exitCode()).isZero();

            long intended =
                    deploy.count("journalled", e -> e.path("state").asString("").equals("intended"));
            long done =
                    deploy.count("journalled", e -> e.path("state").asString("").equals("done"));
            assertThat(intended).isEqualTo(done).isGreaterThanOrEqualTo(20);
        }
    }

    private void finish(String tag, Killed killed) {
        LocalWorld.Receipt receipt = world.deploy(tag);

        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.probeFailures()).isZero();
        world.requireServing(killed.release());
    }

    /** What the killed deploy had finished is rolled back like any other and stays warm; a half-done one goes. */
    private void undo(String before, Killed killed) {
        if (!killed.finished()) {
            assertThat(world.status().path("interrupted").asString("")).isNotEmpty();
        }

        LocalWorld.Receipt receipt = world.rollBack();

        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.probeFailures()).isZero();
        world.requireServing(before);
        if (!killed.finished()) {
            world.requireNothingOf(killed.release());
        }
    }

    private Killed killAt(KillPoint point, String tag) throws InterruptedException {
        try (Running deploy = world.start("deploy", "--tag", tag, "--yes", "--json")) {
            assertThat(point.await(deploy))
                    .as("the deploy gets so far: " + point)
                    .isTrue();
            deploy.kill();
            return new Killed(deploy.release(), deploy.count("receipt", e -> true) > 0);
        }
    }

    /**
     * A deploy that was killed.
     *
     * @param release  what it was deploying
     * @param finished whether it had just come to its end all the same
     */
    private record Killed(String release, boolean finished) {}
}
