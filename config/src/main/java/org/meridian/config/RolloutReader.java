package org.meridian.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.meridian.config.document.Section;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.RolloutSettings;

/** Reads how a release moves over the regions. */
final class RolloutReader {
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration KEEP_PREVIOUS = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_AT_ONCE = 1000;
    private static final List<String> ON_FAILURE = Stream.of(OnFailure.values())
            .map(what -> what.name().toLowerCase(Locale.ROOT))
            .toList();

    private RolloutReader() {}

    static RolloutSettings read(Section rollout, RegionsReader regions, Duration probeTimeout) {
        return new RolloutSettings(
                new WavesReader(regions).read(rollout.find("waves")),
                rollout.duration("watch", WATCH, Duration.ZERO, HOUR),
                rollout.duration("drain", DRAIN, Duration.ZERO, HOUR),
                rollout.duration("keep_previous", KEEP_PREVIOUS, Duration.ZERO, WEEK),
                CanaryReader.read(rollout.section("canary"), probeTimeout),
                rollout.find("on_failure")
                        .flatMap(field -> field.oneOf(ON_FAILURE))
                        .map(word -> OnFailure.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(OnFailure.ROLLBACK_ALL),
                ApprovalReader.read(rollout.find("approve")),
                rollout.find("parallel").flatMap(field -> field.number(1, MOST_AT_ONCE)));
    }
}
