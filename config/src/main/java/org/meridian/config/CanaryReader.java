package org.meridian.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.model.Canary;
import org.meridian.core.model.Canary.WhenTooFew;

/** Reads how a region's users move to a new release by and by. */
final class CanaryReader {
    private static final int ALL = 100;
    private static final List<Integer> WEIGHTS = List.of(10, 50, ALL);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SOAK = Duration.ofSeconds(30);
    private static final Duration LONGEST_SOAK = Duration.ofHours(2);
    private static final int SOAKS_AT_MOST = 10;
    private static final double ERROR_RATE = 0.01;
    private static final Pattern PERCENT = Pattern.compile("(100(?:\\.00?)?|[0-9]{1,2}(?:\\.[0-9]{1,2})?)%");
    private static final int MIN_REQUESTS = 50;
    private static final int MOST_REQUESTS = 1_000_000;

    private CanaryReader() {}

    /** The canary; empty where none is written. */
    static Optional<Canary> read(Section canary, Duration probeTimeout) {
        List<Integer> weights =
                canary.find("weights").map(CanaryReader::weights).orElse(WEIGHTS);
        Duration soak = canary.duration("soak", SOAK, SECOND, LONGEST_SOAK);
        Duration soakAtMost = soakAtMost(canary.find("soak_at_most"), soak);
        double maxErrorRate =
                canary.find("max_error_rate").flatMap(CanaryReader::share).orElse(ERROR_RATE);
        Optional<Duration> maxP95 = canary.find("max_p95").flatMap(field -> latency(field, probeTimeout));
        int minRequests = canary.find("min_requests")
                .flatMap(field -> field.number(1, MOST_REQUESTS))
                .orElse(MIN_REQUESTS);
        WhenTooFew whenTooFew = canary.find("too_few")
                .flatMap(field -> field.oneOf(List.of("promote", "rollback")))
                .map(word -> word.equals("rollback") ? WhenTooFew.ROLL_BACK : WhenTooFew.PROMOTE)
                .orElse(WhenTooFew.PROMOTE);
        return canary.written()
                ? Optional.of(new Canary(weights, soak, soakAtMost, maxErrorRate, maxP95, minRequests, whenTooFew))
                : Optional.empty();
    }

    /** The shares with 100 at their end; the default ones where a problem was kept. */
    private static List<Integer> weights(Field field) {
        List<Field> items =
                field.items("Write rising percentages, such as [10, 50, 100].").orElse(List.of());
        List<Integer> weights = new ArrayList<>();
        for (Field item : items) {
            item.number(1, ALL).filter(weight -> rises(item, weight, weights)).ifPresent(weights::add);
        }
        if (weights.size() == items.size() && field.isList() && weights.stream().noneMatch(weight -> weight < ALL)) {
            field.error(
                    "no-canary",
                    "a canary needs a share below 100",
                    "Write such shares, as in [10, 50], or leave 'canary' out to move all users at once.");
            return WEIGHTS;
        }
        if (weights.isEmpty() || weights.getLast() != ALL) {
            weights.add(ALL);
        }
        return weights;
    }

    private static boolean rises(Field item, int weight, List<Integer> before) {
        boolean rises = before.isEmpty() || weight > before.getLast();
        if (!rises) {
            item.error(
                    "not-rising",
                    weight + " follows " + before.getLast() + ", and the shares have to rise",
                    "Put them in order, each once.");
        }
        return rises;
    }

    private static Duration soakAtMost(Optional<Field> field, Duration soak) {
        Duration byDefault = soak.multipliedBy(SOAKS_AT_MOST);
        return field.flatMap(written -> written.duration(SECOND, DAY).filter(most -> {
                    boolean fits = most.compareTo(soak) >= 0;
                    if (!fits) {
                        written.error(
                                "out-of-range",
                                "this is shorter than one soak of " + Durations.spoken(soak),
                                "Write at least as much as at 'soak', or leave it out for ten times as much.");
                    }
                    return fits;
                }))
                .orElse(byDefault);
    }

    private static Optional<Double> share(Field field) {
        return field.text().flatMap(text -> {
            Matcher form = PERCENT.matcher(text);
            if (!form.matches()) {
                field.error(
                        "wrong-value",
                        "'" + text + "' is not a share in percent",
                        "Write 0% to 100% with at most two decimals, such as 1% or 0.25%.");
                return Optional.empty();
            }
            return Optional.of(new BigDecimal(form.group(1)).movePointLeft(2).doubleValue());
        });
    }

    private static Optional<Duration> latency(Field field, Duration probeTimeout) {
        return field.duration(Duration.ofMillis(1), Duration.ofMinutes(1)).filter(most -> {
            boolean fits = most.compareTo(probeTimeout) < 0;
            if (!fits) {
                field.error(
                        "out-of-range",
                        "the probe gives up after " + Durations.spoken(probeTimeout)
                                + ", so it could never see an answer that is too slow",
                        "Write less than that, or raise the 'timeout' of 'probe'.");
            }
            return fits;
        });
    }
}
