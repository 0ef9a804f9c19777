package org.meridian.config;

import java.time.Duration;
import org.meridian.config.document.Section;
import org.meridian.core.model.HealthCheck;

/** Reads how to tell whether a server is fit to serve. */
final class HealthReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int RISE = 2;
    private static final Duration WITHIN = Duration.ofSeconds(90);

    private HealthReader() {}

    static HealthCheck read(Section health) {
        HealthCheck check = new HealthCheck(
                RequestPath.read(health.find("path")),
                health.duration("interval", INTERVAL, SHORTEST, MINUTE),
                health.duration("timeout", TIMEOUT, SHORTEST, MINUTE),
                health.find("rise").flatMap(field -> field.number(1, 100)).orElse(RISE),
                health.duration("within", WITHIN, Duration.ofSeconds(1), HOUR));
        checkTogether(health, check);
        return check;
    }

    private static void checkTogether(Section health, HealthCheck check) {
        Duration least = check.interval().multipliedBy(check.rise() - 1L).plus(check.timeout());
        if (least.compareTo(check.within()) > 0) {
            health.error(
                    "never-healthy",
                    "no server can be healthy within " + check.within().toSeconds() + "s: " + check.rise()
                            + " good answers, each within " + check.timeout().toMillis() + "ms and "
                            + check.interval().toMillis() + "ms apart, may take " + least.toMillis() + "ms",
                    "Raise 'within', or lower 'timeout', 'rise' or 'interval'.");
        }
    }
}
