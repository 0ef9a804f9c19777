package org.meridian.core.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meridian.core.canary.Verdict.Decision;
import org.meridian.core.model.Canary;

final class CanaryJudgeTest {
    private static final Duration LIMIT = Duration.ofMillis(800);
    private final CanaryJudge errors = new CanaryJudge(settings(Optional.empty()), 10);
    private final CanaryJudge both = new CanaryJudge(settings(Optional.of(LIMIT)), 10);

    @Test
    void calls_a_release_bad_that_fails_more_than_is_tolerated_and_more_than_the_former() {
        Verdict verdict = errors.judge(sample(410, 16), sample(1730, 1));

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Decision.BAD,
                        "16 of 410 requests failed (3.9 %), the former release 1 of 1730 (0.06 %);"
                                + " at most 1 % is tolerated"));
    }

    @Test
    void calls_a_release_good_whose_failures_are_within_what_is_tolerated() {
        Verdict verdict = errors.judge(sample(1200, 6), sample(10_800, 0));

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Decision.GOOD,
                        "6 of 1200 requests failed (0.5 %), the former release 0 of 10800 (0 %);"
                                + " at most 1 % is tolerated"));
    }

    @Test
    void does_not_blame_a_release_for_what_the_former_one_does_too() {
        Verdict verdict = errors.judge(sample(1000, 31), sample(9000, 270));

        assertThat(verdict.decision()).isEqualTo(Decision.GOOD);
        assertThat(verdict.reason()).endsWith("; the former release is no better");
    }

    @Test
    void blames_a_release_that_is_much_worse_than_a_former_one_that_is_bad_itself() {
        assertThat(errors.judge(sample(1000, 200), sample(9000, 270)).decision())
                .isEqualTo(Decision.BAD);
    }

    @Test
    void waits_while_the_former_release_answered_too_few_to_excuse_or_to_blame() {
        Verdict verdict = errors.judge(sample(400, 20), sample(50, 0));

        assertThat(verdict.decision()).isEqualTo(Decision.UNDECIDED);
        assertThat(verdict.reason()).endsWith("; more requests will tell whether that is chance");
    }

    @Test
    void goes_by_the_limit_alone_where_the_former_release_answers_hardly_anything() {
        assertThat(errors.judge(sample(400, 40), Sample.NONE))
                .isEqualTo(new Verdict(
                        Decision.BAD,
                        "40 of 400 requests failed (10 %), the former release answered none meanwhile;"
                                + " at most 1 % is tolerated"));
        assertThat(errors.judge(sample(400, 40), sample(49, 0)).reason())
                .endsWith("; the former release answered too few to compare with");
        assertThat(errors.judge(sample(400, 4), Sample.NONE).decision()).isEqualTo(Decision.GOOD);
    }

    @Test
    void does_not_decide_on_few_requests_even_if_all_fail() {
        Verdict verdict = errors.judge(sample(49, 49), sample(441, 0));

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Decision.UNDECIDED,
                        "49 of 49 requests failed (100 %), the former release 0 of 441 (0 %);"
                                + " at most 1 % is tolerated; these are too few to tell"));
        assertThat(errors.judge(sample(50, 50), sample(450, 0)).decision()).isEqualTo(Decision.BAD);
        assertThat(errors.judge(Sample.NONE, Sample.NONE).decision()).isEqualTo(Decision.UNDECIDED);
    }

    @Test
    void does_not_call_good_what_it_could_not_call_bad() {
        var hasty = new CanaryJudge(settings(0.01, Optional.empty(), 1), 10);

        assertThat(hasty.judge(sample(1, 0), sample(9, 0)).decision()).isEqualTo(Decision.UNDECIDED);
        assertThat(hasty.judge(sample(14, 0), sample(126, 0)).decision()).isEqualTo(Decision.UNDECIDED);
        assertThat(hasty.judge(sample(40, 0), sample(360, 0)).decision()).isEqualTo(Decision.GOOD);
    }

    @Test
    void where_no_failure_is_tolerated_one_is_still_no_proof() {
        var strict = new CanaryJudge(settings(0, Optional.empty(), 50), 10);

        assertThat(strict.judge(sample(100, 1), sample(900, 0)).decision()).isEqualTo(Decision.UNDECIDED);
        assertThat(strict.judge(sample(100, 0), sample(900, 0)).decision()).isEqualTo(Decision.GOOD);
        assertThat(strict.judge(sample(100, 8), sample(900, 0)).decision()).isEqualTo(Decision.BAD);
    }

    @Test
    void where_everything_is_tolerated_everything_is_good() {
        var lax = new CanaryJudge(settings(1, Optional.empty(), 50), 10);

        assertThat(lax.judge(sample(100, 100), sample(900, 0)).decision()).isEqualTo(Decision.GOOD);
    }

    @Test
    void calls_a_release_bad_that_is_slower_than_is_tolerated_and_than_the_former() {
        Verdict verdict = both.judge(sample(410, 0, 332), sample(1730, 1, 1727));

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Decision.BAD,
                        "78 of 410 requests took longer than 800 ms (19 %), the former release 3 of 1730 (0.2 %);"
                                + " at most 5 % may take longer than 800 ms"));
    }

    @Test
    void tells_of_both_when_both_are_well_and_when_both_are_not() {
        Verdict good = both.judge(sample(410, 0, 400), sample(1730, 1, 1727));
        Verdict bad = both.judge(sample(410, 100, 100), sample(1730, 1, 1727));

        assertThat(good.decision()).isEqualTo(Decision.GOOD);
        assertThat(bad.decision()).isEqualTo(Decision.BAD);
        assertThat(List.of(good.reason(), bad.reason()))
                .allMatch(reason -> reason.contains("requests failed") && reason.contains("took longer than 800 ms"));
    }

    @Test
    void counts_by_the_nearest_bound_above_the_limit() {
        var limit = new CanaryJudge(settings(Optional.of(Duration.ofMillis(700))), 10);

        assertThat(limit.judge(sample(410, 0, 332), sample(1730, 1, 1727)).reason())
                .contains("took longer than 800 ms", "may take longer than 700 ms");
    }

    @Test
    void cannot_decide_about_a_latency_that_nobody_counts() {
        var limit = new CanaryJudge(settings(Optional.of(Duration.ofSeconds(90))), 10);

        assertThat(limit.judge(sample(410, 0, 400), sample(1730, 0, 1730)))
                .isEqualTo(new Verdict(Decision.UNDECIDED, "no latency of 1 min 30 s or more is counted"));
        assertThat(limit.judge(sample(410, 100, 400), sample(1730, 0, 1730)).decision())
                .isEqualTo(Decision.BAD);
    }

    @Test
    void more_failures_never_help_and_more_of_the_former_release_never_harm() {
        for (int former = 0; former <= 600; former += 60) {
            int before = 0;
            for (int failed = 0; failed <= 200; failed++) {
                int now = severity(errors.judge(sample(200, failed), sample(600, former)));
                assertThat(now)
                        .as("%d of 200, former %d of 600", failed, former)
                        .isGreaterThanOrEqualTo(before);
                before = now;
            }
        }
        for (int failed = 0; failed <= 200; failed += 5) {
            int before = 2;
            for (int former = 0; former <= 600; former++) {
                int now = severity(errors.judge(sample(200, failed), sample(600, former)));
                assertThat(now)
                        .as("%d of 200, former %d of 600", failed, former)
                        .isLessThanOrEqualTo(before);
                before = now;
            }
        }
    }

    @Test
    void more_looks_need_more_proof() {
        Sample fresh = sample(410, 16);
        Sample former = sample(1730, 1);

        assertThat(new CanaryJudge(settings(Optional.empty()), 1)
                        .judge(fresh, former)
                        .decision())
                .isEqualTo(Decision.BAD);
        assertThat(new CanaryJudge(settings(Optional.empty()), 10_000)
                        .judge(fresh, former)
                        .decision())
                .isEqualTo(Decision.UNDECIDED);
        assertThatThrownBy(() -> new CanaryJudge(settings(Optional.empty()), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Settings with a limit of 1 %, and 50 requests at least. */
    static Canary settings(Optional<Duration> maxP95) {
        return settings(0.01, maxP95, 50);
    }

    private static Canary settings(double maxErrorRate, Optional<Duration> maxP95, int minRequests) {
        return new Canary(
                List.of(10, 100),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                maxErrorRate,
                maxP95,
                minRequests,
                Canary.WhenTooFew.PROMOTE);
    }

    private static int severity(Verdict verdict) {
        return switch (verdict.decision()) {
            case GOOD -> 0;
            case UNDECIDED -> 1;
            case BAD -> 2;
        };
    }

    private static Sample sample(long requests, long errors) {
        return new Sample(requests, errors, new TreeMap<>());
    }

    private static Sample sample(long requests, long errors, long within) {
        return new Sample(
                requests,
                errors,
                new TreeMap<>(
                        Map.of(Duration.ofMillis(100), within / 2, LIMIT, within, Duration.ofSeconds(3), requests)));
    }
}
