package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What comes of deploys during which one thing goes wrong.
 *
 * @param situation   what goes wrong
 * @param endings     how many ended in which way
 * @param took        how long they took
 * @param lost        for how long all users together would have been refused, for the same number of failed requests
 * @param lostShare   the share of all requests that failed while deploys ran, 0 to 1
 * @param lasting     how many left users with failing requests
 * @param lastingShare the share of requests that fail on after those, on average, 0 to 1
 * @param why         what went wrong in the first that did not deploy, in its own words; empty when all deployed
 */
public record Outlook(
        Situation situation,
        Map<Ending, Integer> endings,
        Distribution took,
        Distribution lost,
        double lostShare,
        int lasting,
        double lastingShare,
        Optional<String> why) {
    /** Less is rounding. */
    private static final double SOME = 1e-6;

    /** Copies the endings. */
    public Outlook {
        requireNonNull(situation, "situation is null");
        endings = Map.copyOf(endings);
        requireNonNull(took, "took is null");
        requireNonNull(lost, "lost is null");
        requireNonNull(why, "why is null");
    }

    /** How many runs it is about. */
    public int runs() {
        return endings.values().stream().mapToInt(Integer::intValue).sum();
    }

    static Outlook of(Situation situation, List<Rehearsed> runs) {
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        runs.forEach(run -> endings.merge(run.ending(), 1, Integer::sum));
        double watched = runs.stream().mapToDouble(Rehearsed::watched).sum();
        double lost = runs.stream().mapToDouble(Rehearsed::lost).sum();
        double[] lasting = runs.stream()
                .mapToDouble(Rehearsed::lasting)
                .filter(share -> share > SOME)
                .toArray();
        return new Outlook(
                situation,
                endings,
                new Distribution(runs.stream().map(Rehearsed::took).toList()),
                new Distribution(runs.stream().map(run -> seconds(run.lost())).toList()),
                watched == 0 ? 0 : lost / watched,
                lasting.length,
                Arrays.stream(lasting).average().orElse(0),
                runs.stream()
                        .filter(run -> run.ending() != Ending.DEPLOYED)
                        .findFirst()
                        .flatMap(Rehearsed::why));
    }

    private static Duration seconds(double seconds) {
        return seconds < SOME ? Duration.ZERO : Duration.ofNanos((long) (seconds * 1e9));
    }
}
