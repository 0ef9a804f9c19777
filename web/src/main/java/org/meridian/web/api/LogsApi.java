package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.operation.KnownSecrets;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Tasks;
import org.meridian.web.security.Guard;
import org.meridian.web.security.Refused;
import org.meridian.web.security.Stay;
import org.meridian.web.stream.EventStream;
import org.meridian.web.stream.Feed;
import org.meridian.web.stream.Frame;

/** What containers write, live. */
public final class LogsApi implements AutoCloseable {
    private static final int STREAMS = 20;
    private static final int WAITING = 2_000;
    private static final int TAIL = 100;
    private static final int LONGEST_TAIL = 5_000;

    private final Workspace workspace;
    private final Optional<ServerAccess> access;
    private final KnownSecrets secrets;
    private final Semaphore places = new Semaphore(STREAMS);
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Of servers that are reached in this way. */
    public LogsApi(Workspace workspace, Optional<ServerAccess> access) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.secrets = new KnownSecrets(workspace);
    }

    /** Sends lines until the client leaves. */
    public void get(Context context) throws IOException, InterruptedException {
        ServerAccess way = access.orElseThrow(LogsApi::missing);
        LogQuery query = query(context);
        if (!places.tryAcquire()) {
            throw new Refused(
                    503, Diagnostic.of("too-many-logs", STREAMS + " clients read logs already", "Close one of them."));
        }
        Feed feed = new Feed(WAITING, lines -> Frame.of("skipped", Map.of("lines", lines)));
        feeds.add(feed);
        Tasks.Background reading =
                workspace.world().tasks().start("logs", new FollowedLogs(workspace, way, secrets, query, feed)::read);
        Stay stay = Guard.admission(context).stay();
        Stay.Ending ending = stay.whenOver(feed::close);
        try (ending) {
            if (closed) {
                feed.close();
            }
            new EventStream(context, stay::lasts).send(feed);
        } finally {
            reading.close();
            feeds.remove(feed);
            places.release();
        }
    }

    private static LogQuery query(Context context) {
        try {
            return new LogQuery(
                    ServerChoice.given(context, "region").map(RegionName::new),
                    ServerChoice.given(context, "server"),
                    ServerChoice.given(context, "service"),
                    ServerChoice.given(context, "release").map(ReleaseId::parse),
                    Optional.empty(),
                    tail(context),
                    // Text and no pattern: a pattern of somebody's can take for ever.
                    ServerChoice.given(context, "grep")
                            .map(text -> Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE)),
                    true);
        } catch (IllegalArgumentException e) {
            throw JsonAnswers.bad(String.valueOf(e.getMessage()));
        }
    }

    /** Ends what is being sent. */
    @Override
    public void close() {
        closed = true;
        feeds.forEach(Feed::close);
    }

    private static int tail(Context context) {
        try {
            int tail =
                    ServerChoice.given(context, "tail").map(Integer::parseInt).orElse(TAIL);
            if (tail < 0 || tail > LONGEST_TAIL) {
                throw JsonAnswers.bad("'tail' is 0 to " + LONGEST_TAIL);
            }
            return tail;
        } catch (NumberFormatException e) {
            throw JsonAnswers.bad("'tail' is no number");
        }
    }

    static Refused missing() {
        return new Refused(
                503,
                Diagnostic.of(
                        "access-missing",
                        "this app's servers can't be looked into from here",
                        "Use 'meridian status'; logs and terminals need servers that are reached over SSH."));
    }
}
