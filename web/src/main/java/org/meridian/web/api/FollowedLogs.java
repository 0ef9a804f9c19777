package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.KnownSecrets;
import org.meridian.core.operation.Logs;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.ServerAccess;
import org.meridian.web.stream.Feed;
import org.meridian.web.stream.Frame;

/** Lines of all servers that match, in the order of their times, for one client. */
final class FollowedLogs implements LogSink {
    /** Whoever is slower than this misses lines, and is told how many; servers are not held up. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final ServerAccess access;
    private final KnownSecrets secrets;
    private final LogQuery query;
    private final Feed feed;

    FollowedLogs(Workspace workspace, ServerAccess access, KnownSecrets secrets, LogQuery query, Feed feed) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.query = requireNonNull(query, "query is null");
        this.feed = requireNonNull(feed, "feed is null");
    }

    /** Reads until it is interrupted; what keeps it from reading is told as a loss. */
    void read() throws InterruptedException {
        try {
            int unread = new Logs(workspace, access, secrets).read(query, Optional.of(PATIENCE), this);
            lost("", "no more is read; " + unread + " servers could not be");
        } catch (Failure e) {
            lost("", e.diagnostic().summary());
        }
    }

    @Override
    public void line(LogLine line) {
        feed.add(Frame.of("line", Line.of(line)));
    }

    @Override
    public void remark(ServerName server, String text) {
        lost(server.value(), text);
    }

    @Override
    public void skipped(long lines) {
        feed.add(Frame.of("skipped", Map.of("lines", lines)));
    }

    private void lost(String server, String detail) {
        feed.add(Frame.of("lost", Map.of("server", server, "detail", detail)));
    }

    private record Line(Instant at, String region, String server, String service, String release, String text) {
        static Line of(LogLine line) {
            return new Line(
                    line.at(),
                    line.region().value(),
                    line.server().value(),
                    line.service(),
                    line.release().toString(),
                    line.text());
        }
    }
}
