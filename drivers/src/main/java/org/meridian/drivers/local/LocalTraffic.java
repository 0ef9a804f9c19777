package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.CommandRunner;

/**
 * Gives local servers their full share of the processors just before they get traffic, and leaves the rest to the edge.
 *
 * <p>Servers are made with a small share ({@link ProcessorShare}): all of them run on one machine, and what boots would
 * otherwise keep users waiting.
 */
public final class LocalTraffic implements TrafficDriver {
    private final TrafficDriver edge;
    private final CommandRunner docker;
    private final Set<ServerName> raised = ConcurrentHashMap.newKeySet();

    /** In front of {@code edge}, with {@code docker} as the engine that the servers are containers of. */
    public LocalTraffic(TrafficDriver edge, CommandRunner docker) {
        this.edge = requireNonNull(edge, "edge is null");
        this.docker = requireNonNull(docker, "docker is null");
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        List<ServerName> serving = target.origins().stream()
                .filter(origin -> origin.weight().serving())
                .map(PoolTarget.OriginTarget::server)
                .filter(server -> !raised.contains(server))
                .toList();
        if (!serving.isEmpty()) {
            // Not worth failing a rollout for: an engine without shares never lowered any, and a missing server is
            // for the edge to notice.
            docker.run(ProcessorShare.SERVING.give(serving));
            raised.addAll(serving);
        }
        edge.apply(target);
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return edge.observe();
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return edge.observe(region);
    }

    @Override
    public void prepare() throws InterruptedException {
        edge.prepare();
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        edge.drain(region, servers);
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        return edge.disconnect(region, servers);
    }

    @Override
    public Duration healthWithin() {
        return edge.healthWithin();
    }

    @Override
    public URI address() {
        return edge.address();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return edge.staying();
    }

    @Override
    public void destroyAll() throws InterruptedException {
        edge.destroyAll();
    }

    @Override
    public void close() {
        edge.close();
    }
}
