package org.meridian.drivers.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** What origins export about themselves, in Prometheus's text format; an origin is not in it before its first request. */
final class CountingOrigins implements AutoCloseable {
    private static final double[] BOUNDS = {0.01, 0.1, 0.5, 1};

    private final Map<String, Long> counters = new TreeMap<>();
    private final HttpServer server;

    CountingOrigins() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] text = text().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    /** Host and port. */
    String target() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Counts an answer with a status after so long. */
    synchronized void answered(RegionName region, ServerName origin, String code, Duration after) {
        String labels = "region=\"" + region + "\",server=\"" + origin + "\"";
        count("http_requests_total{" + labels + ",code=\"" + code + "\"}", 1);
        double seconds = after.toMillis() / 1000.0;
        for (double bound : BOUNDS) {
            count("http_duration_seconds_bucket{" + labels + ",le=\"" + bound + "\"}", seconds <= bound ? 1 : 0);
        }
        count("http_duration_seconds_bucket{" + labels + ",le=\"+Inf\"}", 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void count(String series, long more) {
        counters.merge(series, more, Long::sum);
    }

    private synchronized String text() {
        var text = new StringBuilder();
        counters.forEach(
                (series, count) -> text.append(series).append(' ').append(count).append('\n'));
        return text.toString();
    }
}
