package org.meridian.drivers.cloudflare;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.spi.Time;

/**
 * Whether one call is made again, and after which pause. A limited rate is waited out as long as Cloudflare says, and
 * a mishap is tried again a little later each time; both end. What Cloudflare may have done already is not asked of it
 * twice, unless that does no harm.
 */
final class Retries {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    /** Cloudflare's limit: 1,200 requests in five minutes, then none for five (API documentation, rate limits). */
    private static final Duration UNTOLD = Duration.ofSeconds(30);

    private final Patience patience;
    private final Time time;
    private final long begun;
    private Duration pause = FIRST;
    private Duration limited = Duration.ZERO;

    Retries(Patience patience, Time time) {
        this.patience = patience;
        this.time = time;
        this.begun = time.nanos();
    }

    /** How long to wait before the call is made again; empty when it is not. */
    Optional<Duration> pauseAfter(ApiRequest request, Reply reply) {
        if (reply.status() == Reply.TOO_MANY) {
            return quota(reply.retryAfter().orElse(UNTOLD));
        }
        boolean safe = request.repeatable() || !reply.arrived();
        return reply.passing() && safe ? mishap() : Optional.empty();
    }

    private Optional<Duration> quota(Duration asked) {
        limited = limited.plus(asked);
        return limited.compareTo(patience.quota()) <= 0 ? Optional.of(asked) : Optional.empty();
    }

    private Optional<Duration> mishap() {
        Duration spent = Duration.ofNanos(time.nanos() - begun).minus(limited);
        Duration next = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        return spent.plus(next).compareTo(patience.mishaps()) <= 0 ? Optional.of(next) : Optional.empty();
    }
}
