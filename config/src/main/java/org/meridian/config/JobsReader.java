package org.meridian.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Field.Named;
import org.meridian.config.document.Section;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Job;
import org.meridian.core.model.Job.Overlap;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Schedule;

/** Reads what is run by schedule. */
final class JobsReader {
    private static final String EXAMPLE =
            "Write a job's name below it, as in 'digest: { schedule: \"0 6 * * *\", command: bin/digest }'.";
    private static final String FIELDS =
            "Write minute, hour, day of the month, month and day of the week as in crontab(5), such as \"0 6 * * *\".";
    private static final String PRIMARY = "primary";
    private static final ZoneId USUAL_ZONE = ZoneId.of("UTC");

    private final Optional<ComposeDocument> compose;
    private final RegionsReader regions;
    private final Optional<String> served;

    JobsReader(Optional<ComposeDocument> compose, RegionsReader regions, Optional<String> served) {
        this.compose = compose;
        this.regions = regions;
        this.served = served;
    }

    Map<String, Job> read(Optional<Field> jobs) {
        Map<String, Job> read = new TreeMap<>();
        for (Named entry : jobs.map(field -> field.names(EXAMPLE)).orElse(List.of())) {
            boolean named = named(entry);
            job(entry.field().section()).filter(job -> named).ifPresent(job -> read.put(entry.name(), job));
        }
        return read;
    }

    private static boolean named(Named entry) {
        boolean good = Duties.JOB_NAME.matcher(entry.name()).matches();
        if (!good) {
            entry.field()
                    .keyError(
                            "wrong-name",
                            "'" + entry.name()
                                    + "' is not a name: use lower-case letters, digits and hyphens, start with"
                                    + " a letter, at most 30",
                            Names.suggestion(entry.name(), "the job"));
        }
        return good;
    }

    private Optional<Job> job(Section section) {
        Optional<ZoneId> zone = zone(section);
        Optional<Schedule> schedule = section.require("schedule", FIELDS)
                .flatMap(field -> field.parsed(text -> CronText.read(text, zone.orElse(USUAL_ZONE)), FIELDS));
        Optional<List<String>> command =
                CommandReader.read(section.require("command", "Write what is to be run, such as bin/digest."));
        Optional<String> service = section.find("service").map(this::service).orElse(served);
        Optional<RegionName> region = section.find("region").map(this::region).orElse(regions.primary());
        Overlap overlap = section.find("overlap")
                .flatMap(field -> field.oneOf(List.of(written(Overlap.SKIP), written(Overlap.QUEUE))))
                .map(word -> Overlap.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Overlap.SKIP);
        Duration timeout = section.duration("timeout", Job.USUAL_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(24));
        boolean whole = zone.isPresent()
                && schedule.isPresent()
                && command.isPresent()
                && service.isPresent()
                && region.isPresent();
        return whole
                ? Optional.of(new Job(
                        schedule.orElseThrow(),
                        service.orElseThrow(),
                        command.orElseThrow(),
                        region.orElseThrow(),
                        overlap,
                        timeout))
                : Optional.empty();
    }

    private static String written(Overlap overlap) {
        return overlap.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<ZoneId> zone(Section section) {
        return section.find("timezone")
                .map(field -> field.parsed(JobsReader::zone, "Write one of the IANA database, such as Europe/Zurich."))
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

    private Optional<String> service(Field field) {
        return field.text().filter(name -> {
            boolean known = compose.isEmpty() || compose.get().service(name).isPresent();
            if (!known) {
                field.error(
                        "unknown-service",
                        "there is no service '" + name + "' in " + compose.get().file(),
                        Closest.suggestion(name, "services", compose.get().names()));
            }
            return known;
        });
    }

    /** A region, or the word for the primary where no region is called so. */
    private Optional<RegionName> region(Field field) {
        boolean primary = field.text().filter(PRIMARY::equals).isPresent()
                && regions.names().stream().map(RegionName::value).noneMatch(PRIMARY::equals);
        return primary ? regions.primary() : regions.known(field);
    }
}
