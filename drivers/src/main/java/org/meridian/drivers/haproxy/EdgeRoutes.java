package org.meridian.drivers.haproxy;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.meridian.core.geography.Places;
import org.meridian.core.model.App;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;

/** An edge, which takes users to the pools of all regions: the nearest to their country first. */
final class EdgeRoutes implements Routes {
    private static final Template CLIENT = Template.of("client.cfg");
    private static final Template ORDER = Template.of("order.cfg");

    private final App app;
    private final PoolNames names;
    private final Steering steering;

    EdgeRoutes(App app) {
        this.app = app;
        this.names = PoolNames.of(app.name());
        this.steering = new Steering(app);
    }

    @Override
    public List<RegionName> pools() {
        return app.regions().stream().map(Region::name).toList();
    }

    @Override
    public String first() {
        return names.pool(app.primary());
    }

    @Override
    public List<String> senders() {
        return app.traffic().senders();
    }

    @Override
    public String client() {
        return CLIENT.text();
    }

    @Override
    public String order() {
        return ORDER.with("countries", EdgeFiles.countries(app.name()))
                .with("usual", order(steering.usual()))
                .text();
    }

    /** Where origins are machines, the proxies there have the other cookie. */
    @Override
    public String cookie() {
        return beforeProxies() ? "MERIDIAN_MACHINE" : ProxyRoutes.COOKIE;
    }

    /** A machine is as healthy as the servers on it, whatever its proxy would send elsewhere. */
    @Override
    public String check() {
        return beforeProxies() ? " hdr " + Proxies.ALONE + " 1" : "";
    }

    private boolean beforeProxies() {
        return app.traffic().layer().proxies().isPresent();
    }

    @Override
    public String countries() {
        return Places.countries().stream()
                .map(country -> country.name() + " " + order(steering.from(country)) + "\n")
                .collect(joining());
    }

    @Override
    public String beyond() {
        return "";
    }

    private String order(List<Region> regions) {
        return regions.stream().map(region -> "/" + names.pool(region.name())).collect(joining());
    }
}
