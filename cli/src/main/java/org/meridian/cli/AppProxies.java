package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.Weight;
import org.meridian.core.traffic.MachineOrigins;
import org.meridian.core.traffic.OriginName;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.haproxy.Proxy;
import org.meridian.drivers.haproxy.ProxySource;
import org.meridian.drivers.hosts.Addresses;
import org.meridian.drivers.hosts.Machine;
import org.meridian.drivers.hosts.Site;
import org.meridian.drivers.ssh.SshConnections;
import org.meridian.drivers.ssh.SshEdge;

/** The proxies of an app: one on each machine of each region whose machines outlive releases. */
final class AppProxies implements ProxySource, MachineOrigins {
    private final App app;
    private final Proxies each;
    private final List<TrafficLayer.Machine> edges;
    private final Map<RegionName, Site> sites;
    private final SshConnections connections;
    private final Addresses addresses = new Addresses();
    private List<Proxy> proxies = List.of();
    private int changes = -1;

    /**
     * The proxies on these sites' machines.
     *
     * @param edges machines that stand before them
     */
    AppProxies(
            App app,
            Proxies each,
            List<TrafficLayer.Machine> edges,
            Map<RegionName, Site> sites,
            SshConnections connections) {
        this.app = requireNonNull(app, "app is null");
        this.each = requireNonNull(each, "each is null");
        this.edges = List.copyOf(edges);
        this.sites = Map.copyOf(sites);
        this.connections = requireNonNull(connections, "connections is null");
    }

    /** They are looked up again when machines were made or removed here. */
    @Override
    public synchronized List<Proxy> proxies() throws InterruptedException {
        int now = sites.values().stream()
                .mapToInt(site -> site.source().changes())
                .sum();
        if (now != changes) {
            List<Proxy> found = found();
            requireOnce(found);
            requireNoEdge(found);
            proxies = same(found, proxies) ? proxies : List.copyOf(found);
            changes = now;
        }
        return proxies;
    }

    private List<Proxy> found() throws InterruptedException {
        List<Proxy> found = new ArrayList<>();
        for (Region region : app.regions()) {
            Site site = sites.get(region.name());
            for (Machine machine :
                    site == null ? List.<Machine>of() : site.source().machines()) {
                found.add(proxy(region, machine));
            }
        }
        return found;
    }

    private static boolean same(List<Proxy> found, List<Proxy> before) {
        return addresses(found).equals(addresses(before));
    }

    private static List<String> addresses(List<Proxy> proxies) {
        return proxies.stream().map(Proxy::address).toList();
    }

    /** An edge comes from the address that users reach, or from the one that SSH reaches, where these are two. */
    @Override
    public List<String> before() throws InterruptedException {
        List<String> all = new ArrayList<>(each.trusted());
        for (TrafficLayer.Machine edge : edges) {
            all.addAll(resolved(edge, connections.host(edge.ssh())));
            if (edge.address().isPresent()) {
                all.addAll(resolved(edge, edge.address().get()));
            }
        }
        return all.stream().distinct().toList();
    }

    private static List<String> resolved(TrafficLayer.Machine edge, String host) throws InterruptedException {
        try {
            return Addresses.all(host);
        } catch (UnknownHostException e) {
            throw Failure.of(Diagnostic.of(
                    "no-address",
                    "the proxies need to know the address of the edge " + edge.ssh() + ", and '" + host
                            + "' can't be resolved here",
                    "Write it as { ssh: " + edge.ssh()
                            + ", address: 203.0.113.2 }, and let 'ssh' name an address too."));
        }
    }

    /** The IP addresses of their machines. */
    List<String> addresses() throws InterruptedException {
        return addresses(proxies());
    }

    @Override
    public Map<RegionName, List<OriginTarget>> byRegion() throws InterruptedException {
        Map<RegionName, List<OriginTarget>> all = new HashMap<>();
        sites.keySet().forEach(region -> all.put(region, new ArrayList<>()));
        for (Proxy proxy : proxies()) {
            all.computeIfAbsent(proxy.region(), region -> new ArrayList<>())
                    .add(new OriginTarget(OriginName.of(proxy.address()), proxy.entrance(), Weight.FULL));
        }
        return all;
    }

    /** Where users in a region come in, if they come to the machines. */
    List<URI> entrances(RegionName region) throws InterruptedException {
        return proxies().stream()
                .filter(proxy -> proxy.region().equals(region))
                .map(proxy -> proxy.machine().address())
                .toList();
    }

    private Proxy proxy(Region region, Machine machine) throws InterruptedException {
        String address = addresses.of(machine, connections.host(machine.ssh()));
        var place = new TrafficLayer.Machine(machine.ssh(), Optional.of(address));
        EdgeMachine haproxy = new SshEdge(app.name(), place, each.port(), connections);
        return new Proxy(region.name(), address, haproxy);
    }

    /** Both are the HAProxy of their machine. */
    private void requireNoEdge(List<Proxy> found) throws InterruptedException {
        List<String> addressesOfEdges = before();
        for (Proxy proxy : found) {
            if (!edges.isEmpty() && addressesOfEdges.contains(proxy.address())) {
                throw Failure.usage(
                        Diagnostic.of(
                                "machine-twice",
                                proxy.address() + " is the edge, and runs the app",
                                "Give the edge a machine of its own, or write 'driver: dns': then users come to the app's machines."));
            }
        }
    }

    /** A proxy belongs to one region, which it serves before the others. */
    private static void requireOnce(List<Proxy> found) {
        for (Proxy proxy : found) {
            long times = found.stream()
                    .filter(other -> other.address().equals(proxy.address()))
                    .count();
            if (times > 1) {
                throw Failure.usage(Diagnostic.of(
                        "machine-twice",
                        "a machine with a proxy is in one region, and " + proxy.address() + " is in " + times
                                + " places",
                        "List it once."));
            }
        }
    }
}
