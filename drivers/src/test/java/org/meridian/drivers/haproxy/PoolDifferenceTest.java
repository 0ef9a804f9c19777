package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.drivers.haproxy.EdgeApps.EU;
import static org.meridian.drivers.haproxy.EdgeApps.origin;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

final class PoolDifferenceTest {
    @Test
    void adds_a_server_out_of_traffic_and_down_until_its_checks_pass() {
        assertThat(commands(List.of(), Map.of(), want("a", "10.0.0.1:80", 100)))
                .containsExactly(
                        "add server pool-eu/a 10.0.0.1:80 weight 0 check inter 1s",
                        "enable server pool-eu/a",
                        "enable health pool-eu/a",
                        "set server pool-eu/a health down",
                        "set server pool-eu/a weight 256",
                        "add map /etc/haproxy/draining.map a serving");
    }

    @Test
    void says_nothing_when_nothing_changes() {
        assertThat(commands(
                        List.of(live("a", 256, false), live("b", 0, false)),
                        Map.of(server("a"), Standing.SERVING, server("b"), Standing.DRAINING),
                        want("a", "10.0.0.1:80", 100),
                        want("b", "10.0.0.1:80", 0)))
                .isEmpty();
    }

    @Test
    void raises_weights_before_it_lowers_any_and_lets_servers_leave_last() {
        assertThat(commands(
                        List.of(live("old", 256, false), live("new", 0, false), live("gone", 0, false)),
                        Map.of(server("old"), Standing.SERVING, server("gone"), Standing.DRAINING),
                        want("old", "10.0.0.1:80", 1),
                        want("new", "10.0.0.1:80", 50)))
                .containsExactly(
                        "set server pool-eu/new weight 128",
                        "add map /etc/haproxy/draining.map new serving",
                        "set server pool-eu/old weight 3",
                        "set server pool-eu/gone state maint",
                        "wait 5s srv-removable pool-eu/gone",
                        "del server pool-eu/gone",
                        "del map /etc/haproxy/draining.map gone");
    }

    @Test
    void ends_a_drain_when_the_weight_rises() {
        assertThat(commands(
                        List.of(live("a", 0, false)),
                        Map.of(server("a"), Standing.DRAINING),
                        want("a", "10.0.0.1:80", 100)))
                .containsExactly("set server pool-eu/a weight 256", "set map /etc/haproxy/draining.map a serving");
    }

    @Test
    void follows_a_server_to_another_address_and_trusts_it_only_once_checked() {
        assertThat(commands(
                        List.of(live("a", 256, false)),
                        Map.of(server("a"), Standing.SERVING),
                        want("a", "10.0.0.2:81", 100)))
                .containsExactly("set server pool-eu/a addr 10.0.0.2 port 81", "set server pool-eu/a health down");
    }

    @Test
    void takes_back_a_server_that_was_leaving() {
        assertThat(commands(List.of(live("a", 0, true)), Map.of(), want("a", "10.0.0.1:80", 0)))
                .containsExactly(
                        "enable server pool-eu/a", "enable health pool-eu/a", "set server pool-eu/a health down");
    }

    @Test
    void tries_again_to_remove_a_server_that_was_busy() {
        assertThat(commands(List.of(live("a", 0, true)), Map.of()))
                .containsExactly("wait 5s srv-removable pool-eu/a", "del server pool-eu/a");
    }

    @Test
    void drains_by_excluding_from_affinity_and_taking_the_weight() {
        var pool = new Pool(
                EU,
                List.of(
                        origin("a", "10.0.0.1:80", 100, false),
                        origin("b", "10.0.0.2:80", 0, true),
                        origin("c", "10.0.0.3:80", 100, false)));

        assertThat(PoolDifference.drain(
                        pool, List.of(server("a"), server("b"), server("x")), Map.of(server("a"), Standing.SERVING)))
                .extracting(RuntimeCommand::line)
                .containsExactly("set map /etc/haproxy/draining.map a draining", "set server pool-eu/a weight 0");
    }

    @Test
    void closes_only_what_is_connected_to_drained_servers() {
        var pool = new Pool(EU, List.of(origin("a", "10.0.0.1:80", 100, false), origin("b", "10.0.0.2:80", 0, true)));

        assertThat(PoolDifference.disconnect(pool, List.of(server("a"), server("b"), server("x"))))
                .extracting(RuntimeCommand::line)
                .containsExactly("shutdown sessions server pool-eu/b");
    }

    private static ServerName server(String name) {
        return new ServerName(name);
    }

    private static List<String> commands(
            List<LiveServer> now, Map<ServerName, Standing> standings, OriginTarget... wanted) {
        return PoolDifference.commands(new PoolTarget(EU, Stream.of(wanted).toList()), "check inter 1s", now, standings)
                .stream()
                .map(RuntimeCommand::line)
                .toList();
    }

    private static OriginTarget want(String name, String address, int weight) {
        return new OriginTarget(new ServerName(name), address, new Weight(weight));
    }

    private static LiveServer live(String name, int weight, boolean leaving) {
        return new LiveServer("pool-eu", new ServerName(name), "10.0.0.1:80", weight, leaving, Health.HEALTHY, 0);
    }
}
