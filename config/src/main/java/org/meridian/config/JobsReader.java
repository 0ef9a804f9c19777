package org.meridian.config;

import java.time.Duration;
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
    private static final String PRIMARY = "primary";

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
        Optional<Schedule> schedule = ScheduleReader.require(section);
        Optional<List<String>> command =
                CommandReader.read(section.require("command", "Write what is to be run, such as bin/digest."));
        Optional<String> service = section.find("service").map(this::service).orElse(served);
        Optional<RegionName> region = section.find("region").map(this::region).orElse(regions.primary());
        Overlap overlap = section.find("overlap")
                .flatMap(field -> field.oneOf(List.of(written(Overlap.SKIP), written(Overlap.QUEUE))))
                .map(word -> Overlap.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Overlap.SKIP);
        Duration timeout = section.duration("timeout", Job.USUAL_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(24));
        boolean whole = schedule.isPresent() && command.isPresent() && service.isPresent() && region.isPresent();
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
