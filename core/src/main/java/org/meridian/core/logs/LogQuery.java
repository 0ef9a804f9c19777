package org.meridian.core.logs;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;

/**
 * Which lines are wanted.
 *
 * @param region  only those of this region
 * @param server  only those of servers with this name, or with a name that ends with this after a hyphen
 * @param service only those of this Compose service
 * @param release only those of this release
 * @param since   only those written at or after
 * @param tail    how many of the last lines of each container at most; Integer.MAX_VALUE for all
 * @param grep    only those in which this is found
 * @param follow  whether those that are yet to be written are wanted
 */
public record LogQuery(
        Optional<RegionName> region,
        Optional<String> server,
        Optional<String> service,
        Optional<ReleaseId> release,
        Optional<Instant> since,
        int tail,
        Optional<Pattern> grep,
        boolean follow) {
    /** Checks that no part is null. */
    public LogQuery {
        requireNonNull(region, "region is null");
        requireNonNull(server, "server is null");
        requireNonNull(service, "service is null");
        requireNonNull(release, "release is null");
        requireNonNull(since, "since is null");
        requireNonNull(grep, "grep is null");
    }

    /** Whether a server may have such lines. */
    public boolean wants(Server candidate) {
        return region.map(candidate.region()::equals).orElse(true)
                && server.map(name -> named(candidate, name)).orElse(true)
                && release.map(candidate.release()::equals).orElse(true);
    }

    /** Whether a line of such a server is wanted. */
    public boolean wants(LogLine line) {
        return release.map(line.release()::equals).orElse(true)
                && grep.map(pattern -> pattern.matcher(line.text()).find()).orElse(true);
    }

    /** What to ask a server for at first. */
    public LogRequest request() {
        return new LogRequest(service, since, tail, follow);
    }

    /** What to ask a server for that came while lines were followed, or to read on from a time. */
    public LogRequest requestFrom(Optional<Instant> time) {
        return new LogRequest(service, time, Integer.MAX_VALUE, follow);
    }

    /** Whether a person means that server by a name: the whole of it or its end. */
    public static boolean named(Server server, String name) {
        String whole = server.name().value();
        return whole.equals(name) || whole.endsWith("-" + name);
    }
}
