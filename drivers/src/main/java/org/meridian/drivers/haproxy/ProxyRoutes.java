package org.meridian.drivers.haproxy;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meridian.core.model.App;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.TrafficLayer;

/**
 * A proxy: the servers beside it first, then the region's other machines, then those of the primary and of the others by distance.
 *
 * <p>It sends on to other proxies, not to their servers, which only their own machine reaches. A request that has come from another
 * proxy is answered here or not at all.
 */
final class ProxyRoutes implements Routes {
    private static final Template CLIENT = Template.of("proxy-client.cfg");
    private static final Template ORDER = Template.of("proxy-order.cfg");
    private static final Template VIA = Template.of("via.cfg");

    /** Our own cookie: it survives restarts, and the app's cookie need not be touched. */
    static final String COOKIE = "MERIDIAN_ORIGIN";

    /** Our own note that another machine has sent a request on: the way back into HAProxy must not look as if it came from another machine. */
    private static final String HERE = "X-Meridian-Here";

    private final App app;
    private final PoolNames names;
    private final Proxy self;
    private final List<String> before;
    private final String check;
    private final Map<RegionName, List<Proxy>> others = new LinkedHashMap<>();

    /**
     * The routes of one proxy.
     *
     * @param proxies all of the app's, itself among them
     * @param before  what stands before them all, addresses and ranges
     * @param check   how another machine is checked, as a server's keywords
     */
    ProxyRoutes(App app, Proxy self, List<Proxy> proxies, List<String> before, String check) {
        this.app = app;
        this.names = PoolNames.of(app.name());
        this.self = self;
        this.before = List.copyOf(before);
        this.check = check;
        for (Region region : new Steering(app).from(app.region(self.region()))) {
            List<Proxy> there = proxies.stream()
                    .filter(proxy -> proxy.region().equals(region.name()))
                    .filter(proxy -> !proxy.address().equals(self.address()))
                    .toList();
            if (!there.isEmpty()) {
                others.put(region.name(), there);
            }
        }
    }

    @Override
    public List<RegionName> pools() {
        return List.of(self.region());
    }

    @Override
    public String first() {
        return names.pool(self.region());
    }

    /** Behind an edge it is the edge that they come to. */
    @Override
    public List<String> senders() {
        return app.traffic().layer() instanceof TrafficLayer.Dns ? app.traffic().senders() : List.of();
    }

    @Override
    public String client() {
        Stream<String> machines = others.values().stream().flatMap(List::stream).map(Proxy::address);
        return CLIENT.with(
                        "believed",
                        Stream.of(Stream.of("127.0.0.1"), machines, before.stream())
                                .flatMap(all -> all)
                                .map(address -> "    acl believed src " + address + "\n")
                                .collect(joining()))
                .with("hop", Proxies.ALONE)
                .with("here", HERE)
                .text();
    }

    @Override
    public String order() {
        String order = Stream.concat(
                        Stream.of(first()), others.keySet().stream().map(this::via))
                .map(backend -> "/" + backend)
                .collect(joining());
        return ORDER.with("order", order)
                .with("own", first())
                .with("here", HERE)
                .text();
    }

    @Override
    public String cookie() {
        return COOKIE;
    }

    @Override
    public String check() {
        return "";
    }

    @Override
    public String countries() {
        return "";
    }

    @Override
    public String beyond() {
        return others.entrySet().stream()
                .map(there -> beyond(there.getKey(), there.getValue()))
                .collect(joining());
    }

    private String beyond(RegionName region, List<Proxy> proxies) {
        return VIA.with("via", via(region))
                .with("after", names.after(via(region)))
                .with("app", app.name().value())
                .with("region", region.value())
                .with("order", order())
                .with("path", app.serve().health().path())
                .with("host", app.serve().health().host().orElse("localhost"))
                .with("proto", app.serve().health().forwardedProto())
                .with("hop", Proxies.ALONE)
                .with("machines", proxies.stream().map(this::server).collect(joining()))
                .with("patience", EdgeConfig.PATIENCE.text())
                .with("elsewhere", PoolNames.ELSEWHERE)
                .text();
    }

    private String server(Proxy proxy) {
        return "    server " + proxy.address().replace(':', '-') + " " + proxy.entrance() + " " + check + "\n";
    }

    private String via(RegionName region) {
        return names.of("via-" + region);
    }
}
