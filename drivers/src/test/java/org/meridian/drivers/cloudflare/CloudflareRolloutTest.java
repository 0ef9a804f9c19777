package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.drivers.cloudflare.RolloutStage.AP;
import static org.meridian.drivers.cloudflare.RolloutStage.R1;
import static org.meridian.drivers.cloudflare.RolloutStage.R2;
import static org.meridian.drivers.cloudflare.RolloutStage.US;
import static org.meridian.drivers.cloudflare.RolloutStage.name;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Canary;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.cloudflare.FakeFaults.Fault;
import org.meridian.testkit.Load;

/** Whole rollouts by the engine behind Cloudflare, under load, while Cloudflare and deployers do what they do at times. */
final class CloudflareRolloutTest {
    private static final String CHANGE_POOL = "^PATCH .*/pools/";
    private static final Canary CANARY = new Canary(
            List.of(10, 50, 100),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            0.01,
            Optional.empty(),
            100,
            Canary.WhenTooFew.PROMOTE);

    private final Path directory;

    CloudflareRolloutTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_first_deploy_makes_all_that_users_need_at_cloudflare() throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.empty())) {
            stage.requireServing(R1);
            assertThat(stage.cloudflare.account.all(Kind.MONITOR)).hasSize(1);
            assertThat(stage.cloudflare.account.all(Kind.POOL)).hasSize(3);
            assertThat(stage.cloudflare.account.all(Kind.BALANCER)).hasSize(1);
        }
    }

    @Test
    void a_canary_moves_every_region_by_and_by_and_a_rollback_moves_them_back() throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.of(CANARY))) {
            try (Load users = stage.users()) {
                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);

                stage.requireServing(R2, R1);
                assertThat(shifts(stage))
                        .containsExactly(
                                "us 10", "us 50", "us 100", "ap 10", "ap 50", "ap 100", "eu 10", "eu 50", "eu 100");

                assertThat(stage.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);

                stage.requireServing(R1, R2);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @Test
    void a_failure_in_the_second_region_brings_every_region_back() throws InterruptedException {
        // Cloudflare takes two checks to see it.
        try (RolloutStage stage = RolloutStage.watching(directory, Duration.ofSeconds(30))) {
            stage.when(event -> {
                if (event instanceof RolloutEvent.Shifted to && to.region().equals(AP)) {
                    stage.machines.fallsIll(name(AP, R2, 1));
                }
            });
            try (Load users = stage.users()) {
                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);

                assertThat(stage.problems()).containsExactly("region-unhealthy");
                assertThat(reverted(stage)).containsExactly(AP, US);
                stage.requireServing(R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @Test
    void a_pool_that_never_becomes_healthy_gets_no_request_and_is_put_back() throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.empty())) {
            stage.machines.shutToTheEdge(name(AP, R2, 2));
            try (Load users = stage.users()) {
                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);

                assertThat(stage.problems()).containsExactly("edge-unhealthy");
                assertThat(shifts(stage)).doesNotContain("ap 100", "eu 100");
                stage.requireServing(R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @Test
    void mishaps_all_along_a_shift_are_waited_out() throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.of(CANARY))) {
            List<Fault> faults =
                    List.of(Fault.LIMITED, Fault.BROKEN, Fault.DONE_BUT_BROKEN, Fault.CUT, Fault.DONE_BUT_CUT);
            for (int nth = 1; nth <= 20; nth++) {
                Fault fault = faults.get(nth % faults.size());
                stage.cloudflare.faults.when(
                        CHANGE_POOL, nth * 2, () -> stage.cloudflare.faults.plan(CHANGE_POOL, fault, 1));
                stage.cloudflare.faults.when(
                        "^GET .*/pools", nth * 7, () -> stage.cloudflare.faults.plan("^GET .*/pools", fault, 1));
            }
            try (Load users = stage.users()) {
                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);

                stage.requireServing(R2, R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROKEN", "CUT", "LIMITED_LONG"})
    void an_api_that_fails_for_long_in_mid_shift_brings_all_back_once_it_answers(Fault fault)
            throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.empty())) {
            stage.when(event -> {
                if (event instanceof RolloutEvent.Shifted to && to.region().equals(US)) {
                    stage.cloudflare.faults.plan(CHANGE_POOL, fault, 1000);
                } else if (event instanceof RolloutEvent.Reverting) {
                    stage.cloudflare.faults.none();
                }
            });
            try (Load users = stage.users()) {
                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);

                assertThat(stage.problems()).hasSize(1).first().asString().startsWith("cloudflare-");
                stage.requireServing(R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @Test
    void a_token_revoked_in_mid_shift_needs_a_person_and_a_new_one_goes_on() throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.empty())) {
            stage.when(event -> {
                if (event instanceof RolloutEvent.Shifted to && to.region().equals(US)) {
                    stage.cloudflare.api.revoked = true;
                }
            });
            try (Load users = stage.users()) {
                requireNeedsPerson(stage, "cloudflare-token", "CLOUDFLARE_API_TOKEN");
                assertThat(stage.machines.violations()).isEmpty();
                assertThat(stage.machines.releases()).contains(R1, R2);

                stage.cloudflare.api.revoked = false;
                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);

                stage.requireServing(R2, R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @Test
    void a_permission_lost_in_mid_shift_needs_a_person_and_a_rollback_with_it_puts_all_back()
            throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.empty())) {
            stage.when(event -> {
                if (event instanceof RolloutEvent.Shifted to && to.region().equals(US)) {
                    stage.cloudflare.api.readOnly = true;
                }
            });
            try (Load users = stage.users()) {
                requireNeedsPerson(stage, "cloudflare-permission", "may not change the origins of us");
                assertThat(stage.serving(US)).isNotEmpty();

                stage.cloudflare.api.readOnly = false;
                assertThat(stage.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);

                stage.requireServing(R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    /** Whether the last request still did something is what the dead deployer never learns. */
    @ParameterizedTest
    @CsvSource({"1, true", "5, false", "8, true", "13, false"})
    void a_deployer_killed_at_any_change_is_finished_by_the_next(int change, boolean done) throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.of(CANARY))) {
            try (Load users = stage.users()) {
                killedAt(stage, change, done);

                assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);

                stage.requireServing(R2, R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    @Test
    void a_deployer_killed_in_mid_shift_is_undone_by_a_rollback() throws InterruptedException {
        try (RolloutStage stage = RolloutStage.serving(directory, Optional.of(CANARY))) {
            try (Load users = stage.users()) {
                killedAt(stage, 9, true);

                assertThat(stage.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);

                stage.requireServing(R1);
                requireNobodyTurnedAway(users);
            }
        }
    }

    private static void killedAt(RolloutStage stage, int change, boolean done) {
        Mortal deployer = stage.deployer();
        stage.cloudflare.faults.when(CHANGE_POOL, change, () -> {
            deployer.kill();
            stage.cloudflare.faults.plan(CHANGE_POOL, done ? Fault.DONE_BUT_CUT : Fault.CUT, 1);
        });
        assertThatThrownBy(() -> stage.deploy(2, deployer)).isInstanceOf(Mortal.Killed.class);
        stage.forgetTheLockOfTheDead();
    }

    private static void requireNeedsPerson(RolloutStage stage, String code, String words) throws InterruptedException {
        assertThat(stage.deploy(2).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stage.events)
                .filteredOn(RolloutEvent.Failed.class::isInstance)
                .extracting(event -> ((RolloutEvent.Failed) event).problem())
                .anySatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.summary()).contains(words);
                    assertThat(problem.suggestion()).isNotEmpty();
                });
    }

    private static List<String> shifts(RolloutStage stage) {
        return stage.events.stream()
                .filter(RolloutEvent.Shifted.class::isInstance)
                .map(RolloutEvent.Shifted.class::cast)
                .map(to -> to.region() + " " + to.weight().percent())
                .toList();
    }

    private static List<RegionName> reverted(RolloutStage stage) {
        return stage.events.stream()
                .filter(RolloutEvent.Reverting.class::isInstance)
                .flatMap(event -> ((RolloutEvent.Reverting) event).regions().stream())
                .toList();
    }

    private static void requireNobodyTurnedAway(Load users) throws InterruptedException {
        users.awaitSent(50);
        assertThat(users.stop()).isEmpty();
    }
}
