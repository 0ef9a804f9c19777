package org.meridian.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.Strategy;

/** Reads where the servers of a new release go. */
final class StrategyReader {
    static final String KEY = "strategy";

    private static final List<String> WORDS =
            Stream.of(Strategy.values()).map(StrategyReader::word).toList();

    private StrategyReader() {}

    /** What is written there; empty where nothing is. */
    static Optional<Strategy> read(Section section) {
        return section.find(KEY).flatMap(StrategyReader::value);
    }

    private static Optional<Strategy> value(Field field) {
        return field.oneOf(WORDS).map(word -> Strategy.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /** A region's own; machines that were there before Meridian can only stay. */
    static Strategy of(Section region, boolean existing, Optional<Strategy> usual) {
        Optional<Strategy> written = read(region);
        if (existing && written.filter(Strategy.REPLACE::equals).isPresent()) {
            region.find(KEY)
                    .ifPresent(field -> field.error(
                            "machines-that-stay",
                            "no release can bring machines where they exist already",
                            "Leave it out, or write 'strategy: " + word(Strategy.IN_PLACE) + "'."));
        }
        return existing ? Strategy.IN_PLACE : written.or(() -> usual).orElse(Strategy.REPLACE);
    }

    private static String word(Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }
}
