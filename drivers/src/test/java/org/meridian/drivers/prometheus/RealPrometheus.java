package org.meridian.drivers.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Prometheus server on 127.0.0.1 that scrapes one target every tenth of a second. */
final class RealPrometheus {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final URI address;

    private RealPrometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** The program: the one on the path, else the one that scripts/setup keeps for tests. */
    static Optional<Path> program() {
        String home = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache");
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "prometheus"));
        return Stream.concat(onPath, Stream.of(Path.of(home, "meridian", "prometheus", "prometheus")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one that keeps its data in a folder, and waits until it answers. */
    static RealPrometheus start(Path program, Path folder, String target) throws Exception {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global: { scrape_interval: 100ms, scrape_timeout: 100ms }
                scrape_configs:
                  - job_name: origins
                    static_configs: [{ targets: ["%s"] }]
                """.formatted(target));
        int port = freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        var prometheus = new RealPrometheus(process, URI.create("http://127.0.0.1:" + port));
        prometheus.awaitReady(folder.resolve("log"));
        return prometheus;
    }

    /** Where it answers. */
    URI address() {
        return address;
    }

    /** Ends it. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private void awaitReady(Path log) throws Exception {
        long begun = System.nanoTime();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(address.resolve("/-/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            while (!answers(client, ready)) {
                assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static boolean answers(HttpClient client, HttpRequest ready) throws InterruptedException {
        try {
            return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
