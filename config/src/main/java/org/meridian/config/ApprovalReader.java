package org.meridian.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;

/** Reads whether a person has to approve before the primary moves. */
final class ApprovalReader {
    private static final List<String> WORDS = List.of("never", "manual");
    private static final Duration WITHIN = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private ApprovalReader() {}

    /** How long a person may take; empty when nobody is asked. */
    static Optional<Duration> read(Optional<Field> approve) {
        return approve.flatMap(field -> field.isMapping() ? within(field.section()) : by(field, WITHIN));
    }

    private static Optional<Duration> within(Section section) {
        Optional<Field> by = section.require("by", "Write 'by: manual'.");
        Duration within = section.duration("within", WITHIN, Duration.ofSeconds(1), LONGEST);
        return by.flatMap(field -> by(field, within));
    }

    private static Optional<Duration> by(Field field, Duration within) {
        return field.oneOf(WORDS).filter("manual"::equals).map(word -> within);
    }
}
