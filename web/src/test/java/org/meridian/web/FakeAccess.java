package org.meridian.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.ContainerUsage.Running;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.spi.ServerAccess;

/** Servers whose commands run in a shell of this machine, and whose logs are what a test writes. */
final class FakeAccess implements ServerAccess {
    private final int containers;
    private final Map<ServerName, BlockingQueue<String>> logs = new ConcurrentHashMap<>();
    final Set<ServerName> broken = ConcurrentHashMap.newKeySet();
    final AtomicInteger asked = new AtomicInteger();
    final List<Invocation> started = new CopyOnWriteArrayList<>();
    final List<Size> sizes = new CopyOnWriteArrayList<>();

    FakeAccess(int containers) {
        this.containers = containers;
    }

    /** A container on that server writes a line. */
    void write(ServerName server, String line) {
        log(server).add(line);
    }

    @Override
    public ServerUsage usage(Server server) {
        asked.incrementAndGet();
        if (broken.contains(server.name())) {
            throw Failure.of(Diagnostic.of("ssh-unreachable", server.name() + " does not answer", "Wait."));
        }
        List<ContainerUsage> running = IntStream.range(0, containers)
                .mapToObj(i -> new ContainerUsage(
                        "c" + i + "-" + server.name(),
                        i == 0 ? "web" : "worker" + i,
                        server.release(),
                        "journal@sha256:0123456789abcdef",
                        "running",
                        i == 0 ? "healthy" : "none",
                        12.34 + i,
                        64_000_000L + i,
                        i,
                        List.of(new Running(4711 + i, "app", "<b>puma</b>"), new Running(5711 + i, "app", "ruby"))))
                .toList();
        return new ServerUsage(
                server.name(),
                37.5,
                new ServerUsage.Amount(1L << 30, 4L << 30),
                new ServerUsage.Amount(5L << 30, 20L << 30),
                running);
    }

    @Override
    public LogReader logs(Server server, LogRequest request) {
        BlockingQueue<String> lines = log(server.name());
        return new LogReader() {
            @Override
            public Optional<LogLine> next() throws InterruptedException {
                String text = lines.take();
                if (text.equals("LOST")) {
                    throw Failure.of(
                            Diagnostic.of("logs-lost", "the connection to " + server.name() + " was lost", ""));
                }
                return Optional.of(
                        new LogLine(Instant.now(), server.region(), server.name(), "web", server.release(), text));
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public RemoteProcess start(Server server, Invocation invocation) {
        started.add(invocation);
        try {
            // It writes first, as a shell with a prompt does.
            return new Shell(
                    new ProcessBuilder("sh", "-c", "echo; exec sh")
                            .redirectErrorStream(true)
                            .start(),
                    sizes);
        } catch (IOException e) {
            throw Failure.of(Diagnostic.of("no-shell", "there is no shell here", ""), e);
        }
    }

    private BlockingQueue<String> log(ServerName server) {
        return logs.computeIfAbsent(server, name -> new LinkedBlockingQueue<>());
    }

    private record Shell(Process process, List<Size> sizes) implements RemoteProcess {
        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

        @Override
        public InputStream output() {
            return process.getInputStream();
        }

        @Override
        public InputStream errors() {
            return InputStream.nullInputStream();
        }

        @Override
        public void resize(Size size) {
            sizes.add(size);
        }

        @Override
        public int await() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
