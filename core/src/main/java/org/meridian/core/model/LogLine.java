package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One line that a container wrote. Its text is untrusted: whoever shows it must not let anything in it act.
 *
 * @param at      when it was written, by the server's clock
 * @param region  where
 * @param server  on which server
 * @param service the Compose service
 * @param release the release that the container belongs to
 * @param text    the line without its end
 */
public record LogLine(
        Instant at, RegionName region, ServerName server, String service, ReleaseId release, String text) {
    /** Checks that no part is null. */
    public LogLine {
        requireNonNull(at, "at is null");
        requireNonNull(region, "region is null");
        requireNonNull(server, "server is null");
        requireNonNull(service, "service is null");
        requireNonNull(release, "release is null");
        requireNonNull(text, "text is null");
    }

    /** The same with another text. */
    public LogLine saying(String other) {
        return new LogLine(at, region, server, service, release, other);
    }
}
