package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.CommandResult;

final class LocalTrafficTest {
    private static final RegionName EU = new RegionName("eu");

    private final List<String> done = new ArrayList<>();
    private int exitCode;
    private final LocalTraffic traffic = new LocalTraffic(new Edge(), command -> {
        done.add(command.toString());
        return new CommandResult(command, exitCode, "", "");
    });

    @Test
    void gives_servers_their_full_share_before_the_edge_sends_them_requests() throws Exception {
        traffic.apply(new PoolTarget(EU, List.of(origin("old", 80), origin("new", 20))));

        assertThat(done).containsExactly("docker update --cpu-shares 1024 old new", "apply");
    }

    @Test
    void leaves_a_server_that_only_joins_the_pool_with_its_small_share() throws Exception {
        traffic.apply(new PoolTarget(EU, List.of(origin("new", 0))));

        assertThat(done).containsExactly("apply");
    }

    @Test
    void asks_the_engine_once_for_each_server() throws Exception {
        traffic.apply(new PoolTarget(EU, List.of(origin("old", 100))));
        traffic.apply(new PoolTarget(EU, List.of(origin("old", 0), origin("new", 100))));

        assertThat(done)
                .containsExactly(
                        "docker update --cpu-shares 1024 old", "apply", "docker update --cpu-shares 1024 new", "apply");
    }

    @Test
    void moves_traffic_also_where_the_engine_knows_no_shares() throws Exception {
        exitCode = 1;

        traffic.apply(new PoolTarget(EU, List.of(origin("new", 100))));

        assertThat(done).contains("apply");
    }

    private static OriginTarget origin(String name, int weight) {
        return new OriginTarget(new ServerName(name), "172.18.0.2:3000", new Weight(weight));
    }

    /** Remembers that it was asked to apply something. */
    private final class Edge implements TrafficDriver {
        @Override
        public void apply(PoolTarget target) {
            done.add("apply");
        }

        @Override
        public List<Pool> observe() {
            return List.of();
        }

        @Override
        public void prepare() {}

        @Override
        public void drain(RegionName region, Collection<ServerName> servers) {}

        @Override
        public boolean disconnect(RegionName region, Collection<ServerName> servers) {
            return true;
        }

        @Override
        public URI address() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public void destroyAll() {}

        @Override
        public void close() {}
    }
}
