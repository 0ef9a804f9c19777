package org.meridian.config;

import java.time.ZoneId;
import java.util.Optional;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.Schedule;

/** Reads when something is done by itself: the keys {@code schedule} and {@code timezone}. */
final class ScheduleReader {
    private static final String FIELDS =
            "Write minute, hour, day of the month, month and day of the week as in crontab(5), such as \"0 6 * * *\".";
    private static final ZoneId USUAL_ZONE = ZoneId.of("UTC");

    private ScheduleReader() {}

    /** One that has to be written; empty, with a problem kept, where it is not or can't be read. */
    static Optional<Schedule> require(Section section) {
        return read(section, section.require("schedule", FIELDS));
    }

    /** One that may be written. */
    static Optional<Schedule> read(Section section) {
        return read(section, section.find("schedule"));
    }

    private static Optional<Schedule> read(Section section, Optional<Field> schedule) {
        Optional<ZoneId> zone = zone(section);
        return schedule.flatMap(field -> field.parsed(text -> CronText.read(text, zone.orElse(USUAL_ZONE)), FIELDS))
                .filter(unused -> zone.isPresent());
    }

    private static Optional<ZoneId> zone(Section section) {
        return section.find("timezone")
                .map(field ->
                        field.parsed(ScheduleReader::zone, "Write one of the IANA database, such as Europe/Zurich."))
                .orElse(Optional.of(USUAL_ZONE));
    }

    /** systemd knows places and UTC, and no offsets (systemd.time(7)). */
    private static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new IllegalArgumentException("there is no time zone '" + text + "'"
                    + Closest.to(text, ZoneId.getAvailableZoneIds())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        return ZoneId.of(text);
    }
}
