package org.meridian.core.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against whole-number arithmetic, where nothing is rounded before the end. */
final class TailTest {
    private static final MathContext DIGITS = new MathContext(40, RoundingMode.HALF_EVEN);

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 100",
        "1, 10, 1, 2",
        "5, 10, 1, 2",
        "10, 10, 1, 2",
        "3, 20, 1, 100",
        "5, 50, 1, 100",
        "12, 410, 1, 100",
        "30, 410, 1, 100",
        "2, 410, 1, 100",
        "21, 400, 5, 100",
        "60, 400, 5, 100",
        "70, 700, 5, 100",
        "799, 800, 999, 1000",
        "1, 900, 1, 1000000",
    })
    void a_binomial_tail_is_what_exact_fractions_say(int least, int trials, int parts, int whole) {
        double exact = exactBinomial(least, trials, parts, whole);

        assertThat(Tail.binomial(least, trials, (double) parts / whole)).isCloseTo(exact, relative(exact));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 2",
        "3, 4, 4, 8",
        "4, 4, 4, 8",
        "12, 410, 13, 2140",
        "20, 400, 20, 450",
        "30, 1000, 60, 2000",
        "45, 1000, 60, 2000",
        "200, 200, 200, 203",
        "190, 200, 195, 400",
        "15, 30, 20, 35",
        "16, 30, 20, 35",
        "40, 300, 55, 3000",
    })
    void a_hypergeometric_tail_is_what_exact_fractions_say(int least, int drawn, int marked, int all) {
        double exact = exactHypergeometric(least, drawn, marked, all);

        assertThat(Tail.hypergeometric(least, drawn, marked, all)).isCloseTo(exact, relative(exact));
    }

    @Test
    void the_lady_who_tasted_tea_first_or_milk_first_guesses_all_with_one_chance_in_seventy() {
        assertThat(Tail.hypergeometric(4, 4, 4, 8)).isCloseTo(1.0 / 70, within(1e-15));
    }

    @Test
    void nothing_at_least_is_certain_and_more_than_all_is_impossible() {
        assertThat(Tail.binomial(0, 10, 0.3)).isEqualTo(1);
        assertThat(Tail.binomial(11, 10, 0.3)).isZero();
        assertThat(Tail.binomial(1, 10, 0)).isZero();
        assertThat(Tail.binomial(10, 10, 1)).isEqualTo(1);
        assertThat(Tail.hypergeometric(0, 5, 5, 10)).isEqualTo(1);
        assertThat(Tail.hypergeometric(6, 5, 8, 10)).isZero();
        assertThat(Tail.hypergeometric(3, 5, 8, 10)).isEqualTo(1);
        assertThat(Tail.hypergeometric(0, 0, 0, 0)).isEqualTo(1);
    }

    @Test
    void factorials_agree_with_whole_numbers_where_the_series_begins() {
        for (int n : new int[] {0, 1, 20, 31, 32, 33, 100, 170}) {
            double exact = Math.log(factorial(n).doubleValue());
            assertThat(Tail.logFactorial(n)).isCloseTo(exact, within(1e-13 * Math.max(1, exact)));
        }
    }

    /** For large counts the binomial distribution is nearly normal: half of it lies above its mean. */
    @Test
    void many_millions_of_requests_are_no_difficulty() {
        assertThat(Tail.binomial(1_000_000, 100_000_000, 0.01)).isCloseTo(0.5, within(0.001));
        assertThat(Tail.hypergeometric(500_000, 50_000_000, 1_000_000, 100_000_000))
                .isCloseTo(0.5, within(0.001));
        assertThat(Tail.binomial(2_000_000, 100_000_000, 0.01)).isZero();
    }

    private static double exactBinomial(int least, int trials, int parts, int whole) {
        BigInteger hit = BigInteger.valueOf(parts);
        BigInteger miss = BigInteger.valueOf(whole - parts);
        BigInteger sum = BigInteger.ZERO;
        BigInteger ways = choose(trials, least);
        for (int x = least; x <= trials; x++) {
            sum = sum.add(ways.multiply(hit.pow(x)).multiply(miss.pow(trials - x)));
            ways = ways.multiply(BigInteger.valueOf(trials - x)).divide(BigInteger.valueOf(x + 1L));
        }
        return divide(sum, BigInteger.valueOf(whole).pow(trials));
    }

    private static double exactHypergeometric(int least, int drawn, int marked, int all) {
        BigInteger sum = BigInteger.ZERO;
        for (int x = least; x <= Math.min(drawn, marked); x++) {
            sum = sum.add(choose(marked, x).multiply(choose(all - marked, drawn - x)));
        }
        return divide(sum, choose(all, drawn));
    }

    private static BigInteger choose(int n, int k) {
        BigInteger ways = k > n ? BigInteger.ZERO : BigInteger.ONE;
        for (int i = 1; i <= k && k <= n; i++) {
            ways = ways.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return ways;
    }

    private static BigInteger factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return product;
    }

    private static double divide(BigInteger part, BigInteger whole) {
        return new BigDecimal(part).divide(new BigDecimal(whole), DIGITS).doubleValue();
    }

    private static Offset<Double> relative(double exact) {
        return within(Math.max(1e-300, exact * 1e-10));
    }
}
