package org.meridian.web.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.JournalReport.Line;

/** A rollout from r1 to r2 in one region or two, told by its acts, one every ten seconds. */
final class PhasesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");

    private final List<Line> lines = new ArrayList<>();

    @Test
    void a_deploy_goes_from_prepare_to_retire_and_each_phase_lasts_until_the_next() {
        act(EU, Act.Kind.CONVERGE, "");
        act(EU, Act.Kind.PLACE, "");
        act(EU, Act.Kind.START, "");
        act(EU, Act.Kind.RUN_ONCE, "migrate");
        act(EU, Act.Kind.SET_POOL, weights(0, 100));
        act(EU, Act.Kind.DRAIN, "");
        act(EU, Act.Kind.DESTROY, "");

        List<PhaseView> phases = phases(Outcome.DONE, false);

        assertThat(names(phases)).containsExactly("prepare", "before-shift", "shift", "drain", "retire");
        assertThat(phases).extracting(PhaseView::startedAt).containsExactly(at(0), at(3), at(4), at(5), at(6));
        assertThat(phases)
                .extracting(PhaseView::endedAt)
                .containsExactly(
                        Optional.of(at(3)),
                        Optional.of(at(4)),
                        Optional.of(at(5)),
                        Optional.of(at(6)),
                        Optional.of(at(6).plusSeconds(1)));
        assertThat(phases).allSatisfy(phase -> assertThat(phase.ok()).contains(true));
    }

    @Test
    void as_long_as_both_releases_have_users_it_is_a_canary() {
        act(EU, Act.Kind.START, "");
        act(EU, Act.Kind.SET_POOL, weights(90, 10));
        act(EU, Act.Kind.SET_POOL, weights(50, 50));
        act(EU, Act.Kind.SET_POOL, weights(0, 100));
        assertThat(names(phases(Outcome.DONE, false))).containsExactly("prepare", "canary", "shift");
    }

    @Test
    void users_who_go_back_are_a_revert_and_so_is_the_draining_after_it() {
        act(EU, Act.Kind.START, "");
        act(EU, Act.Kind.SET_POOL, weights(90, 10));
        act(EU, Act.Kind.SET_POOL, weights(100, 0));
        act(EU, Act.Kind.DRAIN, "");
        assertThat(names(phases(Outcome.ROLLED_BACK, false))).containsExactly("prepare", "canary", "revert");
    }

    @Test
    void new_servers_that_join_with_weight_0_are_still_being_prepared() {
        act(EU, Act.Kind.START, "");
        act(EU, Act.Kind.SET_POOL, weights(100, 0));
        act(EU, Act.Kind.RUN_ONCE, "migrate");
        assertThat(names(phases(Outcome.DONE, false))).containsExactly("prepare", "before-shift");
    }

    @Test
    void servers_removed_after_the_shift_are_retired_and_those_made_before_it_prepared() {
        act(EU, Act.Kind.CONVERGE, "");
        act(EU, Act.Kind.SET_POOL, weights(0, 100));
        act(EU, Act.Kind.CONVERGE, "");
        assertThat(names(phases(Outcome.DONE, false))).containsExactly("prepare", "shift", "retire");
    }

    @Test
    void the_last_phase_goes_on_while_the_rollout_does() {
        act(EU, Act.Kind.START, "");
        act(EU, Act.Kind.SET_POOL, weights(0, 100));
        List<PhaseView> phases = phases(Outcome.RUNNING, true);
        assertThat(phases.getFirst().endedAt()).contains(at(1));
        assertThat(phases.getLast().endedAt()).isEmpty();
        assertThat(phases.getLast().ok()).isEmpty();
    }

    @Test
    void a_phase_whose_last_act_has_no_end_goes_on_even_when_nobody_works() {
        act(EU, Act.Kind.START, "", Optional.empty());
        assertThat(phases(Outcome.RUNNING, false)).singleElement().satisfies(phase -> assertThat(phase.endedAt())
                .isEmpty());
    }

    @Test
    void one_failed_act_makes_a_phase_a_failed_one_and_leaves_the_others_good() {
        act(EU, Act.Kind.START, "", Optional.of(State.FAILED));
        act(EU, Act.Kind.START, "");
        act(EU, Act.Kind.RUN_ONCE, "migrate");
        assertThat(phases(Outcome.ROLLED_BACK, false))
                .extracting(PhaseView::ok)
                .containsExactly(Optional.of(false), Optional.of(true));
    }

    @Test
    void regions_have_phases_of_their_own_in_the_order_in_which_they_began() {
        act(US, Act.Kind.START, "");
        act(EU, Act.Kind.START, "");
        act(US, Act.Kind.SET_POOL, weights(0, 100));
        List<PhaseView> phases = phases(Outcome.RUNNING, true);
        assertThat(phases).extracting(PhaseView::region).containsExactly("us", "eu", "us");
        assertThat(names(phases)).containsExactly("prepare", "prepare", "shift");
    }

    @Test
    void what_is_kept_is_baked_until_then_once_the_rollout_is_done() {
        act(EU, Act.Kind.SET_POOL, weights(0, 100));
        PhaseView bake = phases(Outcome.DONE, false, Optional.of(at(90))).getLast();
        assertThat(bake.phase()).isEqualTo("bake");
        assertThat(bake.startedAt()).isEqualTo(at(0).plusSeconds(1));
        assertThat(bake.endedAt()).contains(at(90));
        assertThat(names(phases(Outcome.ROLLED_BACK, false, Optional.of(at(90)))))
                .doesNotContain("bake");
    }

    @Test
    void a_rollout_that_did_nothing_has_no_phases() {
        assertThat(phases(Outcome.DONE, false, Optional.of(at(90)))).isEmpty();
    }

    private void act(RegionName region, Act.Kind kind, String detail) {
        act(region, kind, detail, Optional.of(State.DONE));
    }

    private void act(RegionName region, Act.Kind kind, String detail, Optional<State> end) {
        Act act = new Act(kind, Optional.of(region), Optional.empty(), detail);
        Optional<Duration> took = end.map(state -> Duration.ofSeconds(1));
        lines.add(new Line(1, at(lines.size()), act, end, took, Optional.empty()));
    }

    /** As the act that changes a pool says it. */
    private static String weights(int former, int fresh) {
        return "journal-eu-r1-1 " + former + ", journal-eu-r2-1 " + fresh;
    }

    private static Instant at(int act) {
        return BEGIN.plusSeconds(10L * act);
    }

    private List<PhaseView> phases(Outcome outcome, boolean underWay) {
        return phases(outcome, underWay, Optional.empty());
    }

    private List<PhaseView> phases(Outcome outcome, boolean underWay, Optional<Instant> keepUntil) {
        RolloutRecord rollout = new RolloutRecord(
                2,
                Kind.DEPLOY,
                Optional.of(new ReleaseId(1)),
                new ReleaseId(2),
                List.of(EU, US),
                outcome,
                BEGIN,
                keepUntil);
        return Phases.of(new JournalReport(rollout, underWay, lines));
    }

    private static List<String> names(List<PhaseView> phases) {
        return phases.stream().map(PhaseView::phase).toList();
    }
}
