package org.meridian.journal;

import java.util.HashMap;
import java.util.Map;

/** Settings for tests. */
final class TestSettings {
    private TestSettings() {}

    /** Names and values in turn, over those of a server in us. */
    static Settings with(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MERIDIAN_REGION", "us",
                "MERIDIAN_SERVER", "us-1",
                "MERIDIAN_RELEASE", "r7",
                "JOURNAL_VERSION", "v1"));
        for (int index = 0; index < variables.length; index += 2) {
            environment.put(variables[index], variables[index + 1]);
        }
        return Settings.from(environment);
    }
}
