package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Machines that Meridian makes and that stay: from new machines with each release to releases in place, and back, under load. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrategyWorldTest {
    private static final String SETTINGS = "watch: 2s, drain: 5s, keep_previous: 10m";

    private LocalWorld world;
    private Users users;

    @BeforeAll
    void deployWithMachinesOfItsOwn() throws Exception {
        world = LocalWorld.create("strategy");
        require(world.deploy("v1"), "deployed");
        users = Users.of(world.address());
    }

    @AfterAll
    void destroyTheWorld() {
        if (users != null) {
            users.close();
        }
        world.close();
    }

    @Test
    @Order(1)
    void theNextReleaseGoesToMachinesThatStayAndTheFormerKeepsItsOwnUntilItGoes() throws Exception {
        world.rollout("{ strategy: in_place, " + SETTINGS + " }");

        require(world.deploy("v2"), "deployed");

        assertThat(world.containers())
                .contains(machine("eu", 1), machine("us", 2), world.server("eu", "r1", 1), world.server("us", "r1", 2))
                .hasSize(8);
        requireAllAnswered();
    }

    @Test
    @Order(2)
    void aRollbackGoesBackToTheMachinesOfTheFormerReleaseAndForthAgain() throws Exception {
        require(world.rollBack(), "rolled-back");
        assertThat(Users.page(world.address())).endsWith("v1");

        require(world.deploy("v2"), "deployed");
        assertThat(Users.page(world.address())).endsWith("v2");
        requireAllAnswered();
    }

    @Test
    @Order(3)
    void aReleaseInPlaceMakesNoMachineAndIsRolledBack() throws Exception {
        require(world.deploy("v1"), "deployed");

        assertThat(world.containers())
                .contains(machine("eu", 1), machine("eu", 2), machine("us", 1), machine("us", 2))
                .noneMatch(name -> name.equals(machine("eu", 3)));
        require(world.rollBack(), "rolled-back");
        assertThat(Users.page(world.address())).endsWith("v2");
        requireAllAnswered();
    }

    @Test
    @Order(4)
    void aKilledDeployIsFinishedByTheNext() throws Exception {
        KillPoint point = KillPoint.of("start .* done", 2);
        try (Running deploy = world.startHeld(point, "deploy", "--tag", "v1", "--yes", "--json")) {
            assertThat(point.await(deploy)).as(deploy::everything).isTrue();
            deploy.kill();
        }

        require(world.deploy("v1"), "deployed");
        requireAllAnswered();
    }

    @Test
    @Order(5)
    void aThirdServerBringsAThirdMachineWhichGoesWithIt() throws Exception {
        require(world.scale("us=3"), "scaled");
        assertThat(world.containers()).contains(machine("us", 3));

        require(world.scale("us=2"), "scaled");
        assertThat(world.containers()).doesNotContain(machine("us", 3));
        requireAllAnswered();
    }

    @Test
    @Order(6)
    void aMachineRebootsWithoutAFailedRequestAndHasItsReleasesAfterwards() {
        String before = started(machine("us", 2));

        done("machines", "reboot", machine("us", 2), "--yes");

        assertThat(started(machine("us", 2))).isNotEqualTo(before);
        assertThat(Shell.docker(
                                "exec",
                                machine("us", 2),
                                "sh",
                                "-c",
                                "[ $(ls /opt/meridian/*/server | wc -l) = $(docker ps --quiet | wc -l) ] && echo same")
                        .strip())
                .isEqualTo("same");
        assertThat(done("machines")).contains(machine("us", 2)).contains("serves");
        requireAllAnswered();
    }

    @Test
    @Order(7)
    void aMachineIsReplacedWithoutAFailedRequest() {
        String before = created(machine("us", 1));

        done("machines", "replace", machine("us", 1), "--yes");

        assertThat(created(machine("us", 1))).isNotEqualTo(before);
        assertThat(world.containers()).doesNotContain(machine("us", 3));
        requireAllAnswered();
    }

    @Test
    @Order(8)
    void aDrainedMachineHasNoUsersUntilTheyAreGivenBack() {
        done("machines", "drain", machine("eu", 1), "--yes");
        assertThat(row(machine("eu", 1))).contains("has no users").doesNotContain("serves");
        assertThat(row(machine("eu", 2))).contains("serves");

        done("machines", "drain", machine("eu", 1), "--end", "--yes");
        assertThat(row(machine("eu", 1))).contains("serves");
        requireAllAnswered();
    }

    @Test
    @Order(9)
    void aRegionThatLeavesTheConfigurationLeavesNoMachine() throws Exception {
        Path configuration = world.directory().resolve("meridian.yml");
        String without = Files.readString(configuration)
                .lines()
                .filter(line -> !line.startsWith("  us:"))
                .collect(Collectors.joining("\n"));
        world.write("meridian.yml", without);

        require(world.deploy("v2"), "deployed");
        done("retire", "--orphans", "--yes");

        assertThat(world.containers())
                .contains(machine("eu", 1))
                .noneMatch(name -> name.startsWith(world.app() + "-us-"));
        requireAllAnswered();
    }

    private String row(String machine) {
        return done("machines")
                .lines()
                .filter(line -> line.contains(machine))
                .findFirst()
                .orElseThrow();
    }

    private String done(String... command) {
        Shell.Ended ended = world.meridian(command);
        assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        return ended.output();
    }

    private static String started(String container) {
        return Shell.docker("inspect", "--format", "{{.State.StartedAt}}", container);
    }

    private static String created(String container) {
        return Shell.docker("inspect", "--format", "{{.Id}}", container);
    }

    private static void require(LocalWorld.Receipt receipt, String outcome) {
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.outcome()).isEqualTo(outcome);
        assertThat(receipt.probeFailures()).isZero();
    }

    private void requireAllAnswered() {
        assertThat(users.failures()).isEmpty();
    }

    private String machine(String region, int number) {
        return world.app() + "-" + region + "-m" + number;
    }
}
