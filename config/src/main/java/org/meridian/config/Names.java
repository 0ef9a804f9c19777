package org.meridian.config;

import java.util.Locale;
import java.util.Optional;
import org.meridian.core.model.RegionName;

/** Makes names of the form that apps and regions have. */
final class Names {
    private static final int LONGEST = 30;

    private Names() {}

    /** The nearest well-formed name; {@code fallback} when the text has nothing to make one of. */
    static String wellFormed(String text, String fallback) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
        String cut = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        String trimmed = cut.replaceAll("-+$", "");
        return trimmed.isEmpty() ? fallback : trimmed;
    }

    /** The region's name, if the text is one. */
    static Optional<RegionName> region(String text) {
        try {
            return Optional.of(new RegionName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What to write instead of a name that is not well-formed. */
    static String suggestion(String text, String what) {
        return "Name " + what + " like '" + wellFormed(text, "my-app") + "'.";
    }
}
