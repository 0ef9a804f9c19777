package org.meridian.config.compose;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads time spans as Compose files have them, such as {@code 1m30s} (Compose file reference, "Specifying durations"). */
final class ComposeDuration {
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:us|ms|s|m|h)){1,5}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(us|ms|s|m|h)");
    private static final Map<String, Double> NANOS = Map.of("us", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3_600e9);

    private ComposeDuration() {}

    /** The time span, if the text is one. */
    static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                PART.matcher(text).results().map(ComposeDuration::part).reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration part(MatchResult part) {
        double nanos = Double.parseDouble(part.group(1)) * NANOS.getOrDefault(part.group(2), 0.0);
        return Duration.ofNanos(Math.round(nanos));
    }
}
