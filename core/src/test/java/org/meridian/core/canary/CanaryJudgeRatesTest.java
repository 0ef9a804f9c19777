package org.meridian.core.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.canary.ShareTest.Finding;
import org.meridian.core.canary.Verdict.Decision;

/** How often the judge is wrong, by simulation and exactly; docs/canary.md states these figures. */
final class CanaryJudgeRatesTest {
    private static final int CANARIES = 10_000;
    private static final int LOOKS = 10;
    private static final long SEED = 20_260_101;

    /** If the true rate were the documented one, more false alarms would be seen in one of a hundred runs. */
    private static final double CONFIDENCE = 0.01;

    @ParameterizedTest
    @CsvSource({
        // failing: fresh, former; slow: fresh, former; requests between two looks: fresh, former
        "0,     0,     0,     0,     200,  1800",
        "0.005, 0.005, 0.01,  0.01,  200,  1800",
        "0.005, 0.005, 0.01,  0.01,  500,  500",
        "0.005, 0,     0.02,  0,     500,  0",
        "0.01,  0,     0.05,  0,     200,  1800",
        "0.01,  0.001, 0.05,  0.01,  900,  100",
        "0.03,  0.03,  0.05,  0.05,  200,  1800",
        "0.03,  0.03,  0.2,   0.2,   300,  300",
        "0.2,   0.2,   0.2,   0.2,   50,   450",
        "0.03,  0.05,  0.1,   0.2,   300,  300",
    })
    void a_release_that_is_not_at_fault_is_called_bad_no_more_often_than_documented(
            double failing, double formerFailing, double slow, double formerSlow, long more, long formerMore) {
        var random = new SplittableRandom(SEED);
        int alarms = 0;
        for (int i = 0; i < CANARIES; i++) {
            var fresh = new Traffic(random, failing, slow);
            var former = new Traffic(random, formerFailing, formerSlow);
            alarms += everBad(fresh, former, more, formerMore) ? 1 : 0;
        }

        assertThat(Tail.binomial(alarms, CANARIES, CanaryJudge.FALSE_ALARM))
                .as("%d of %d healthy canaries were called bad (seed %d)", alarms, CANARIES, SEED)
                .isGreaterThan(CONFIDENCE);
    }

    /** Each look by itself, over all outcomes: with the sum over the looks this is a proof, not a sample. */
    @ParameterizedTest
    @CsvSource({
        "0.01, 0.01, 100, 100, 0.01",
        "0.01, 0,    300, 100, 0.01",
        "0.03, 0.03, 200, 400, 0.01",
        "0.2,  0.2,  100, 100, 0.01",
        "0.5,  0.5,  60,  200, 0.01",
        "0.05, 0.05, 150, 300, 0.05",
        "0.3,  0.3,  120, 80,  0.05",
    })
    void no_single_look_takes_more_than_its_part(
            double failing, double formerFailing, int requests, int formerRequests, double tolerated) {
        double part = CanaryJudge.FALSE_ALARM / LOOKS;
        var test = new ShareTest(tolerated, part, 50);
        double wrong = 0;
        for (int x = 0; x <= requests; x++) {
            for (int y = 0; y <= formerRequests; y++) {
                if (test.find(new Share(x, requests), new Share(y, formerRequests)) == Finding.WORSE) {
                    wrong += chance(x, requests, failing) * chance(y, formerRequests, formerFailing);
                }
            }
        }

        assertThat(wrong).isLessThanOrEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({
        // failing; requests of the new release at which so many of a hundred are found: 50, 90, 99
        "0.02, 2700, 4500, 6600",
        "0.03, 800,  1400, 2050",
        "0.05, 255,  450,  690",
        "0.10, 80,   145,  215",
        "0.20, 50,   55,   76",
        "0.50, 50,   50,   50",
    })
    void a_release_that_fails_too_often_is_found_with_the_documented_power(
            double failing, int half, int nine, int nearlyAll) {
        assertThat(power(failing, 0, half)).isGreaterThan(0.48);
        assertThat(power(failing, 0, nine)).isGreaterThan(0.89);
        assertThat(power(failing, 0, nearlyAll)).isGreaterThan(0.985);
    }

    @ParameterizedTest
    @CsvSource({
        // slower than max_p95; requests of the new release at which so many of a hundred are found: 50, 90, 99
        "0.08, 1270, 2130, 3050",
        "0.10, 510,  860,  1220",
        "0.20, 75,   135,  190",
        "0.50, 50,   50,   50",
    })
    void a_release_that_is_too_slow_is_found_with_the_documented_power(double slow, int half, int nine, int nearlyAll) {
        assertThat(power(0, slow, half)).isGreaterThan(0.48);
        assertThat(power(0, slow, nine)).isGreaterThan(0.89);
        assertThat(power(0, slow, nearlyAll)).isGreaterThan(0.985);
    }

    @Test
    void a_healthy_release_is_called_good_at_once_in_ninety_nine_of_a_hundred_looks() {
        var random = new SplittableRandom(SEED);
        var judge = new CanaryJudge(CanaryJudgeTest.settings(Optional.of(Traffic.LIMIT)), LOOKS);
        int good = 0;
        for (int i = 0; i < CANARIES; i++) {
            var fresh = new Traffic(random, 0.003, 0.02);
            var former = new Traffic(random, 0.003, 0.02);
            fresh.answer(100);
            former.answer(900);
            good += judge.judge(fresh.sample(), former.sample()).decision() == Decision.GOOD ? 1 : 0;
        }

        assertThat(good).isGreaterThan(CANARIES * 99 / 100);
    }

    private static boolean everBad(Traffic fresh, Traffic former, long more, long formerMore) {
        var judge = new CanaryJudge(CanaryJudgeTest.settings(Optional.of(Traffic.LIMIT)), LOOKS);
        for (int look = 0; look < LOOKS; look++) {
            fresh.answer(more);
            former.answer(formerMore);
            if (judge.judge(fresh.sample(), former.sample()).decision() == Decision.BAD) {
                return true;
            }
        }
        return false;
    }

    /** Beside nine times as many requests of a former release that is well; one look of a hundred. */
    private static double power(double failing, double slow, int requests) {
        int canaries = 3000;
        var random = new SplittableRandom(SEED);
        var judge = new CanaryJudge(CanaryJudgeTest.settings(Optional.of(Traffic.LIMIT)), 100);
        int found = 0;
        for (int i = 0; i < canaries; i++) {
            var fresh = new Traffic(random, failing, slow);
            var former = new Traffic(random, failing > 0 ? 0.001 : 0, slow > 0 ? 0.01 : 0);
            fresh.answer(requests);
            former.answer(9L * requests);
            found += judge.judge(fresh.sample(), former.sample()).decision() == Decision.BAD ? 1 : 0;
        }
        return (double) found / canaries;
    }

    private static double chance(int hits, int trials, double chance) {
        double log = Tail.logFactorial(trials) - Tail.logFactorial(hits) - Tail.logFactorial(trials - hits);
        double misses = (trials - hits) * Math.log1p(-chance);
        return hits == 0 ? Math.exp(misses) : Math.exp(log + hits * Math.log(chance) + misses);
    }
}
