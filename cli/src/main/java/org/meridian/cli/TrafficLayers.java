package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.CountsBesideProxies;
import org.meridian.core.traffic.DnsBeforeProxies;
import org.meridian.core.traffic.EdgeBeforeProxies;
import org.meridian.drivers.cloudflare.CloudflareCounts;
import org.meridian.drivers.cloudflare.CloudflareRecords;
import org.meridian.drivers.cloudflare.CloudflareTraffic;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.haproxy.HaproxyMetrics;
import org.meridian.drivers.haproxy.HaproxyTraffic;
import org.meridian.drivers.haproxy.ProxiesMetrics;
import org.meridian.drivers.haproxy.ProxiesTraffic;
import org.meridian.drivers.haproxy.SeveralEdges;
import org.meridian.drivers.haproxy.SummedMetrics;
import org.meridian.drivers.hosts.Site;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalTraffic;
import org.meridian.drivers.ssh.SshConnections;
import org.meridian.drivers.ssh.SshEdge;

/** Makes what a configuration names as its traffic layer. */
final class TrafficLayers {
    private final App app;
    private final SshConnections connections;
    private final Time time;
    private final Tasks tasks;

    TrafficLayers(App app, SshConnections connections, Time time, Tasks tasks) {
        this.app = requireNonNull(app, "app is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.time = requireNonNull(time, "time is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
    }

    /** HAProxy in a container of this machine. */
    TrafficParts here(LocalEdge edge, LocalProcesses processes) {
        return new TrafficParts(
                new LocalTraffic(new HaproxyTraffic(app, edge, time), processes),
                new HaproxyMetrics(app.name(), edge),
                List.of());
    }

    /** HAProxy on machines of an edge, before the proxies of those regions that have them. */
    TrafficParts machines(TrafficLayer.Machines layer, Map<RegionName, Site> sites, EventSink events) {
        TrafficParts edge = edge(layer);
        return layer.proxies()
                .map(each -> before(edge, new AppProxies(app, each, layer.machines(), sites, connections), events))
                .orElse(edge);
    }

    private TrafficParts edge(TrafficLayer.Machines layer) {
        List<EdgeMachine> edges = layer.machines().stream()
                .<EdgeMachine>map(machine -> new SshEdge(app.name(), machine, layer.port(), connections))
                .toList();
        List<TrafficDriver> drivers = edges.stream()
                .<TrafficDriver>map(edge -> new HaproxyTraffic(app, edge, time))
                .toList();
        List<MetricSource> counts = edges.stream()
                .<MetricSource>map(edge -> new HaproxyMetrics(app.name(), edge))
                .toList();
        return new TrafficParts(
                drivers.size() == 1 ? drivers.getFirst() : new SeveralEdges(drivers, tasks),
                new SummedMetrics(counts, tasks),
                edges);
    }

    /** A proxy on each of the app's machines. */
    TrafficParts dns(
            TrafficLayer.Dns layer, Map<RegionName, Site> sites, Map<String, String> environment, EventSink events) {
        int port = layer.each().port();
        AppProxies proxies = new AppProxies(app, layer.each(), List.of(), sites, connections);
        URI address = URI.create("http://" + layer.hostname() + (port == 80 ? "" : ":" + port));
        TrafficDriver plain = ProxiesTraffic.of(app, proxies, address, tasks, time);
        return new TrafficParts(
                layer.records()
                        .map(records -> recorded(layer, records, plain, proxies, environment, events))
                        .orElse(plain),
                new ProxiesMetrics(app.name(), proxies, tasks),
                region -> proxies.entrances(region.name()),
                List.of());
    }

    private TrafficDriver recorded(
            TrafficLayer.Dns layer,
            DnsRecordSettings settings,
            TrafficDriver proxies,
            AppProxies machines,
            Map<String, String> environment,
            EventSink events) {
        List<String> names = Stream.concat(Stream.of(layer.hostname()), app.traffic().hosts().stream())
                .distinct()
                .toList();
        var records = new CloudflareRecords(
                app.name(),
                settings,
                CloudflareTraffic.token(environment),
                time,
                text -> events.emit(new RolloutEvent.Note(time.now(), text)));
        return new DnsBeforeProxies(proxies, names, settings.ttl(), records, machines, time, events);
    }

    /** Cloudflare's load balancing, before the proxies of those regions that have them. */
    TrafficParts cloudflare(
            TrafficLayer.Cloudflare layer,
            Map<RegionName, Site> sites,
            Map<String, String> environment,
            EventSink events) {
        TrafficParts edge = new TrafficParts(
                new CloudflareTraffic(
                        app,
                        CloudflareTraffic.token(environment),
                        time,
                        text -> events.emit(new RolloutEvent.Note(time.now(), text))),
                new CloudflareCounts(),
                List.of());
        return layer.proxies()
                .map(each -> before(edge, new AppProxies(app, each, List.of(), sites, connections), events))
                .orElse(edge);
    }

    private TrafficParts before(TrafficParts edge, AppProxies proxies, EventSink events) {
        TrafficDriver behind = ProxiesTraffic.of(app, proxies, edge.driver().address(), tasks, time);
        return new TrafficParts(
                new EdgeBeforeProxies(app, edge.driver(), behind, proxies, time, events),
                new CountsBesideProxies(edge.counts(), new ProxiesMetrics(app.name(), proxies, tasks), proxies),
                edge.edges());
    }
}
