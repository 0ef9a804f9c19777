package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.logs.LogMerge;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.Redaction;
import org.meridian.core.spi.ServerAccess;

/** Reads the logs of all servers as one, and follows servers that come and go. */
public final class Logs {
    /** Lines of different servers are put in order within this; a quiet server delays the others' lines by it. */
    private static final Duration WINDOW = Duration.ofMillis(300);

    /** What is not followed can wait for the slowest. */
    private static final Duration LONG_WINDOW = Duration.ofSeconds(30);

    private static final int ROOM = 4000;

    private final Workspace workspace;
    private final ServerAccess access;
    private final KnownSecrets secrets;

    /** Reads those of this workspace; secrets are masked in them. */
    public Logs(Workspace workspace, ServerAccess access, KnownSecrets secrets) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /**
     * Reads lines until there are no more, or until it is interrupted where they are followed; returns how many servers
     * could not be read. Throws a Failure of kind USAGE when there is nothing that is meant.
     *
     * @param patience how long lines wait for a slow sink before some are skipped; empty for as long as it takes
     */
    public int read(LogQuery query, Optional<Duration> patience, LogSink sink) throws InterruptedException {
        List<Server> all = workspace
                .world()
                .patience()
                .retry(() -> workspace.world().fleets().observe().servers());
        List<Server> servers = chosen(query, all);
        LogMerge merge = new LogMerge(query.follow() ? WINDOW : LONG_WINDOW, ROOM, patience);
        LogSink inOrder = new OneAtATime(sink);
        Redaction redaction = secrets.redaction();
        try (LogFollowers followers = new LogFollowers(workspace.world(), access, query, merge, inOrder)) {
            followers.begin(all, servers);
            Optional<LogLine> next = merge.take();
            while (next.isPresent()) {
                show(masked(next.get(), redaction), query, merge.skipped(), inOrder);
                next = merge.take();
            }
            return followers.unread();
        }
    }

    /** Reads the last lines of one service in one place that is no server of a release. */
    public void read(Server place, String service, int lines, LogSink sink) throws InterruptedException {
        Redaction redaction = secrets.redaction();
        LogRequest request = new LogRequest(Optional.of(service), Optional.empty(), lines, false);
        try (ServerAccess.LogReader reader = access.logs(place, request)) {
            for (Optional<LogLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                sink.line(masked(line.get(), redaction));
            }
        }
    }

    /** Before anything is looked for in it, so that nobody finds out a secret by looking for it. */
    private static LogLine masked(LogLine line, Redaction redaction) {
        return line.saying(redaction.mask(line.text()));
    }

    private List<Server> chosen(LogQuery query, List<Server> all) {
        ServerChoice choice = new ServerChoice(workspace);
        List<Server> servers = choice.among(all, query.region(), query.server());
        query.service().ifPresent(service -> choice.requireService(service, servers));
        List<Server> wanted = servers.stream().filter(query::wants).toList();
        if (wanted.isEmpty() && !query.follow()) {
            throw noneOfRelease(query, servers);
        }
        return wanted;
    }

    private static Failure noneOfRelease(LogQuery query, List<Server> servers) {
        String there = servers.stream()
                .map(server -> server.release().toString())
                .distinct()
                .sorted()
                .reduce((one, other) -> one + ", " + other)
                .orElse("none");
        return Failure.usage(Diagnostic.of(
                "unknown-release",
                "no server has release " + query.release().map(Object::toString).orElse(""),
                "There is " + there + "; write one of these."));
    }

    private static void show(LogLine line, LogQuery query, long skipped, LogSink sink) {
        if (skipped > 0) {
            sink.skipped(skipped);
        }
        if (query.wants(line)) {
            sink.line(line);
        }
    }

    /** Lines and remarks come from different threads. */
    private record OneAtATime(LogSink sink) implements LogSink {
        @Override
        public void line(LogLine line) {
            synchronized (sink) {
                sink.line(line);
            }
        }

        @Override
        public void remark(ServerName server, String text) {
            synchronized (sink) {
                sink.remark(server, text);
            }
        }

        @Override
        public void skipped(long lines) {
            synchronized (sink) {
                sink.skipped(lines);
            }
        }
    }
}
