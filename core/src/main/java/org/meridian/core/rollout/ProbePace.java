package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.model.App;
import org.meridian.core.spi.Prober.Answer;

/** How long a region rests between two requests to the public address. */
interface ProbePace {
    /** The rest after a request that took so long and got this answer. */
    Duration rest(Duration took, Answer answer);

    /**
     * The pace of one region that an app's settings ask for.
     *
     * @param own how many requests a second the app gets from its users over all regions; empty where that is not known
     */
    static ProbePace of(App app, Supplier<Optional<Double>> own) {
        return app.probe()
                .perSecond()
                .<ProbePace>map(rate -> steady(Duration.ofSeconds(1).dividedBy(rate)))
                .orElseGet(() ->
                        new Bearable(app.regions().size(), app.rollout().watch().dividedBy(2), own));
    }

    private static ProbePace steady(Duration interval) {
        return (took, answer) -> interval.minus(took);
    }

    /**
     * All regions' requests together keep the app busy for no more than a tenth of the time, were it busy as long as an
     * answer takes, and are no more than a tenth of the requests that its users send. At least two fall into each watch,
     * however slow or idle the app is; and after one that failed the next follows soon, since one alone is not held against a
     * release.
     */
    final class Bearable implements ProbePace {
        private static final long SHARE = 10;
        private static final Duration QUICKEST = Duration.ofMillis(200);

        private final int regions;
        private final Duration longest;
        private final Supplier<Optional<Double>> own;
        private boolean failedBefore;

        Bearable(int regions, Duration longest, Supplier<Optional<Double>> own) {
            this.regions = regions;
            this.longest = requireNonNull(longest, "longest is null");
            this.own = requireNonNull(own, "own is null");
        }

        @Override
        public Duration rest(Duration took, Answer answer) {
            Duration interval = interval(took, answer.good());
            failedBefore = !answer.good();
            return interval.minus(took);
        }

        private Duration interval(Duration took, boolean good) {
            if (!good && !failedBefore) {
                return QUICKEST;
            }
            Duration wanted = good ? greatest(List.of(byTraffic(), took.multipliedBy(SHARE * regions))) : byTraffic();
            return greatest(List.of(QUICKEST, wanted.compareTo(longest) > 0 ? longest : wanted));
        }

        /** Nothing where the users' requests are not known. */
        private Duration byTraffic() {
            return own.get()
                    .map(perSecond -> perSecond * longest.toMillis() <= SHARE * regions * 1000.0
                            ? longest
                            : Duration.ofNanos((long) (SHARE * regions * 1e9 / perSecond)))
                    .orElse(Duration.ZERO);
        }

        private static Duration greatest(List<Duration> durations) {
            return Collections.max(durations);
        }
    }
}
