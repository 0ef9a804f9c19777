package org.meridian.drivers.prometheus;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;

/**
 * The counts that a Prometheus server has of each origin, by three queries that the team wrote.
 *
 * <p>All of a reading is about one instant by Prometheus's clock. What a query gives in several series is added up. A
 * server of which requests or errors have no series is left out, not taken for one without errors: a query that has a
 * mistake in it gives nothing either. Prometheus knows what it last scraped, so counts are late by up to its interval.
 */
public final class PrometheusMetrics implements MetricSource {
    private static final int READINGS = 5;

    private final PrometheusApi api;
    private final Query requests;
    private final Query errors;
    private final Query latency;
    private final Servers servers;

    /**
     * The counts that these settings tell where to find.
     *
     * @param settings the address and the queries
     * @param servers  the servers in a region's pool
     */
    public PrometheusMetrics(MetricSettings.Prometheus settings, Servers servers) {
        this.api = new PrometheusApi(settings.address());
        this.requests = new Query("requests", settings.requests());
        this.errors = new Query("errors", settings.errors());
        this.latency = new Query("latency", settings.latency());
        this.servers = requireNonNull(servers, "servers is null");
    }

    @Override
    public List<OriginMetrics> read(RegionName region) throws InterruptedException {
        String now = api.now();
        List<Callable<Optional<OriginMetrics>>> readings = servers.in(region).stream()
                .<Callable<Optional<OriginMetrics>>>map(server -> () -> read(region, server, now))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return results(threads.invokeAll(readings));
        }
    }

    @Override
    public void close() {
        api.close();
    }

    /** A scrape that ends now may belong to a moment before; what it changed meanwhile is read again. */
    private Optional<OriginMetrics> read(RegionName region, ServerName server, String now) throws InterruptedException {
        Query about = requests.about(region, server);
        OptionalLong answered = total(about, now);
        for (int i = 0; i < READINGS && answered.isPresent(); i++) {
            Optional<OriginMetrics> metrics = read(region, server, answered.getAsLong(), now);
            OptionalLong again = total(about, now);
            if (again.equals(answered)) {
                return metrics;
            }
            answered = again;
        }
        return Optional.empty();
    }

    private Optional<OriginMetrics> read(RegionName region, ServerName server, long answered, String now)
            throws InterruptedException {
        OptionalLong failed = total(errors.about(region, server), now);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        Query about = latency.about(region, server);
        SortedMap<Duration, Long> histogram = Counts.histogram(about, api.ask(about, now));
        return Optional.of(new OriginMetrics(server, answered, Math.min(answered, failed.getAsLong()), histogram));
    }

    private OptionalLong total(Query query, String now) throws InterruptedException {
        return Counts.total(query, api.ask(query, now));
    }

    private static List<OriginMetrics> results(List<Future<Optional<OriginMetrics>>> readings)
            throws InterruptedException {
        List<OriginMetrics> all = new ArrayList<>();
        for (Future<Optional<OriginMetrics>> reading : readings) {
            try {
                reading.get().ifPresent(all::add);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Failure failure) {
                    throw failure;
                }
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    /** Knows the servers in a region's pool. */
    @FunctionalInterface
    public interface Servers {
        /** Those there now. */
        List<ServerName> in(RegionName region) throws InterruptedException;
    }
}
