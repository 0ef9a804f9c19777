package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Instants as people read them, in UTC, since the people of a team and their servers are in many zones. */
final class Times {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** The minute: 2026-11-23 14:05 UTC. */
    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** Day and second without the zone, for columns whose head names it: 2026-11-23 14:05:09. */
    static String second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", "");
    }

    /** From one to the other; nothing when that is negative, as after a clock was set back. */
    static Duration between(Instant from, Instant to) {
        Duration passed = Duration.between(from, to);
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
