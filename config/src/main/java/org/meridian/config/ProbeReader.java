package org.meridian.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.ProbeSettings;

/** Reads how the public address is requested during a rollout. */
final class ProbeReader {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,3})/s");
    private static final int MOST_PER_SECOND = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private ProbeReader() {}

    static ProbeSettings read(Section probe) {
        return new ProbeSettings(
                RequestPath.read(probe.find("path")),
                probe.find("rate").flatMap(ProbeReader::rate),
                probe.duration("timeout", TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(1)));
    }

    private static Optional<Integer> rate(Field field) {
        return field.text().flatMap(text -> {
            Matcher form = RATE.matcher(text);
            int rate = form.matches() ? Integer.parseInt(form.group(1)) : 0;
            if (rate < 1 || rate > MOST_PER_SECOND) {
                field.error(
                        "wrong-value",
                        "'" + text + "' is not a rate of 1/s to " + MOST_PER_SECOND + "/s",
                        "Write requests a second, such as 5/s.");
                return Optional.empty();
            }
            return Optional.of(rate);
        });
    }
}
