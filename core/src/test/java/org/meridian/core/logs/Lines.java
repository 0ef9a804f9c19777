package org.meridian.core.logs;

import java.time.Instant;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/** Lines for tests. */
public final class Lines {
    private Lines() {}

    /** A line of a server, so many milliseconds after a fixed time. */
    public static LogLine line(String server, long millis, String text) {
        return new LogLine(
                Instant.parse("2026-01-02T03:04:05Z").plusMillis(millis),
                new RegionName("eu"),
                new ServerName(server),
                "web",
                new ReleaseId(1),
                text);
    }
}
