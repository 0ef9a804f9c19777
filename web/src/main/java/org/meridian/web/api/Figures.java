package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.web.world.RegionView;
import org.meridian.web.world.ServerView;
import org.meridian.web.world.WorldView;

/** The world as figures; docs/reference/dashboard-api.md lists their names. */
final class Figures {
    private final WorldView world;
    private final Map<RegionName, List<OriginMetrics>> counts;
    private final Map<String, String> releases = new HashMap<>();
    private final MetricSnapshots.Builder all = MetricSnapshots.builder();

    Figures(WorldView world, Map<RegionName, List<OriginMetrics>> counts) {
        this.world = requireNonNull(world, "world is null");
        this.counts = Map.copyOf(counts);
        world.regions()
                .forEach(region -> region.servers().forEach(server -> releases.put(server.name(), server.release())));
    }

    MetricSnapshots all() {
        ofWorld();
        ofRegions();
        ofOrigins();
        ofServers();
        ofContainers();
        return all.build();
    }

    private void ofWorld() {
        one(
                "meridian_world_seen",
                "Whether the world could be seen at the last look.",
                flag(world.problem().isEmpty()));
        one(
                "meridian_lock_held",
                "Whether somebody holds the app's lock.",
                flag(world.lock().isPresent()));
        boolean works = world.lock().isPresent();
        boolean unended = world.unfinished().isPresent();
        one("meridian_rollout_running", "Whether a rollout is under way.", flag(unended && works));
        one(
                "meridian_rollout_unfinished",
                "Whether a rollout has not ended and nobody carries it out.",
                flag(unended && !works));
        one(
                "meridian_rollout_waits",
                "Whether a rollout waits for approval.",
                flag(world.approval().isPresent()));
        one(
                "meridian_machines_unseen",
                "Machines that could not be looked at.",
                world.unseen().size());
        one(
                "meridian_orphans",
                "Servers that no release accounts for.",
                world.orphans().size());
    }

    private void ofRegions() {
        perRegion("meridian_region_available", "Healthy origins in traffic.", RegionView::available);
        perRegion("meridian_region_wanted", "Origins that there should be.", RegionView::wanted);
        perRegion(
                "meridian_region_at_fallback",
                "Whether the region's users are sent to another region.",
                region -> flag(region.fallback().isPresent()));
        GaugeSnapshot.Builder probe =
                gauge("meridian_probe_good", "Whether the last request to the public address was answered.");
        GaugeSnapshot.Builder took = gauge("meridian_probe_seconds", "How long it took.");
        GaugeSnapshot.Builder share =
                gauge("meridian_release_share", "A release's share of a region's traffic, 0 to 1.");
        for (RegionView region : world.regions()) {
            Labels labels = Labels.of("region", region.name());
            region.probe().ifPresent(found -> {
                add(probe, labels, flag(found.ok()));
                add(took, labels, found.ms() / 1e3);
            });
            region.weights()
                    .forEach(weight -> add(share, labels.add("release", weight.release()), weight.percent() / 100.0));
        }
        all.metricSnapshot(probe.build()).metricSnapshot(took.build()).metricSnapshot(share.build());
    }

    private void ofOrigins() {
        CounterSnapshot.Builder requests =
                CounterSnapshot.builder().name("meridian_origin_requests").help("Requests that the edge counted.");
        CounterSnapshot.Builder errors =
                CounterSnapshot.builder().name("meridian_origin_errors").help("Those of them that failed.");
        HistogramSnapshot.Builder latency = HistogramSnapshot.builder()
                .name("meridian_origin_latency_seconds")
                .help("How long they took.");
        counts.forEach((region, origins) -> origins.forEach(origin -> {
            String name = origin.server().value();
            Labels labels = labels(region.value(), name, releases.getOrDefault(name, ""));
            requests.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value((double) origin.requests())
                    .build());
            errors.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value((double) origin.errors())
                    .build());
            latency.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(buckets(origin))
                    .build());
        }));
        all.metricSnapshot(requests.build()).metricSnapshot(errors.build()).metricSnapshot(latency.build());
    }

    /** The library wants each bucket's own count, and ours hold those of the buckets before. */
    private static ClassicHistogramBuckets buckets(OriginMetrics origin) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (Map.Entry<Duration, Long> bound : origin.latencies().entrySet()) {
            long until = Math.max(below, bound.getValue());
            buckets.bucket(bound.getKey().toNanos() / 1e9, until - below);
            below = until;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, Math.max(0, origin.requests() - below))
                .build();
    }

    private void ofServers() {
        perServer("meridian_origin_weight", "The weight in the pool, 0 to 100.", ServerView::weight);
        perServer("meridian_origin_in_flight", "Requests being answered.", ServerView::inFlight);
        perServer(
                "meridian_origin_healthy",
                "Whether the edge sees it healthy.",
                server -> flag(server.health().equals("healthy")));
        perUsage("meridian_server_cpu", "Use of all cores, 0 to 1.", usage -> usage.cpuPercent() / 100);
        perUsage("meridian_server_memory_used_bytes", "Memory in use.", usage -> usage.memory()
                .used());
        perUsage("meridian_server_memory_bytes", "Memory there is.", usage -> usage.memory()
                .total());
        perUsage("meridian_server_disk_used_bytes", "Disk in use.", usage -> usage.disk()
                .used());
        perUsage("meridian_server_disk_bytes", "Disk there is.", usage -> usage.disk()
                .total());
    }

    private void ofContainers() {
        GaugeSnapshot.Builder cpu = gauge("meridian_container_cpu", "Use of one core; above 1 with several.");
        GaugeSnapshot.Builder memory = gauge("meridian_container_memory_bytes", "Memory in use.");
        GaugeSnapshot.Builder restarts = gauge("meridian_container_restarts", "How often the engine started it again.");
        forServers((region, server) -> server.containers().forEach(container -> {
            Labels labels = labels(region, server.name(), container.release())
                    .add("service", container.service())
                    .add("container", container.id());
            add(cpu, labels, container.cpuPercent() / 100);
            add(memory, labels, (double) container.memory());
            add(restarts, labels, container.restarts());
        }));
        all.metricSnapshot(cpu.build()).metricSnapshot(memory.build()).metricSnapshot(restarts.build());
    }

    private void one(String name, String help, double value) {
        GaugeSnapshot.Builder gauge = gauge(name, help);
        add(gauge, Labels.EMPTY, value);
        all.metricSnapshot(gauge.build());
    }

    private void perRegion(String name, String help, ToDoubleFunction<RegionView> value) {
        GaugeSnapshot.Builder gauge = gauge(name, help);
        world.regions().forEach(region -> add(gauge, Labels.of("region", region.name()), value.applyAsDouble(region)));
        all.metricSnapshot(gauge.build());
    }

    private void perUsage(String name, String help, ToDoubleFunction<ServerView.Usage> value) {
        perKnown(name, help, server -> server.usage().map(value::applyAsDouble));
    }

    private void perServer(String name, String help, ToDoubleFunction<ServerView> value) {
        perKnown(name, help, server -> Optional.of(value.applyAsDouble(server)));
    }

    private void perKnown(String name, String help, Function<ServerView, Optional<Double>> value) {
        GaugeSnapshot.Builder gauge = gauge(name, help);
        forServers((region, server) -> value.apply(server)
                .ifPresent(known -> add(gauge, labels(region, server.name(), server.release()), known)));
        all.metricSnapshot(gauge.build());
    }

    private void forServers(ServerIn what) {
        world.regions().forEach(region -> region.servers().forEach(server -> what.of(region.name(), server)));
    }

    private static Labels labels(String region, String server, String release) {
        return Labels.of("region", region, "server", server, "release", release);
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static void add(GaugeSnapshot.Builder gauge, Labels labels, double value) {
        gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private interface ServerIn {
        void of(String region, ServerView server);
    }
}
