package org.meridian.core.rollout;

import java.time.Duration;
import org.meridian.core.model.App;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.spi.Prober.Answer;

/** How long a region rests between two requests to the public address. */
interface ProbePace {
    /** The rest after a request that took so long and got this answer. */
    Duration rest(Duration took, Answer answer);

    /** The pace that an app's settings ask for. */
    static ProbePace of(App app) {
        ProbeSettings settings = app.probe();
        return settings.perSecond()
                .<ProbePace>map(rate -> steady(Duration.ofSeconds(1).dividedBy(rate)))
                .orElseGet(() ->
                        bearable(app.regions().size(), app.rollout().watch().dividedBy(2)));
    }

    private static ProbePace steady(Duration interval) {
        return (took, answer) -> interval.minus(took);
    }

    /**
     * All regions' requests together keep the app busy for no more than a tenth of the time, were it busy as long as an
     * answer takes. At least two fall into each watch, however slow the app is; and after one that failed the next follows
     * soon, since one alone is not held against a release.
     */
    private static ProbePace bearable(int regions, Duration longest) {
        Duration quickest = Duration.ofMillis(200);
        return (took, answer) -> {
            Duration interval = answer.good() ? took.multipliedBy(10L * regions) : quickest;
            Duration bounded = interval.compareTo(longest) > 0 ? longest : interval;
            return (bounded.compareTo(quickest) < 0 ? quickest : bounded).minus(took);
        };
    }
}
