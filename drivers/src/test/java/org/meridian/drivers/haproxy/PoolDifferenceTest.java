package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.drivers.haproxy.EdgeApps.EU;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

final class PoolDifferenceTest {
    @Test
    void adds_a_server_out_of_traffic_and_down_until_its_checks_pass() {
        assertThat(commands(List.of(), Map.of(), want("a", "10.0.0.1:80", 100)))
                .containsExactly(
                        "add server journal.pool-eu/a 10.0.0.1:80 weight 0 check inter 1s",
                        "enable server journal.pool-eu/a",
                        "enable health journal.pool-eu/a",
                        "set server journal.pool-eu/a health down",
                        "set server journal.pool-eu/a weight 256",
                        "add map /etc/haproxy/meridian/journal.standings a serving");
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
                        "set server journal.pool-eu/new weight 128",
                        "add map /etc/haproxy/meridian/journal.standings new serving",
                        "set server journal.pool-eu/old weight 3",
                        "set server journal.pool-eu/gone state maint",
                        "wait 5s srv-removable journal.pool-eu/gone",
                        "del server journal.pool-eu/gone",
                        "del map /etc/haproxy/meridian/journal.standings gone");
    }

    @Test
    void ends_a_drain_when_the_weight_rises() {
        assertThat(commands(
                        List.of(live("a", 0, false)),
                        Map.of(server("a"), Standing.DRAINING),
                        want("a", "10.0.0.1:80", 100)))
                .containsExactly(
                        "set server journal.pool-eu/a weight 256",
                        "set map /etc/haproxy/meridian/journal.standings a serving");
    }

    @Test
    void follows_a_server_to_another_address_and_trusts_it_only_once_checked() {
        assertThat(commands(
                        List.of(live("a", 256, false)),
                        Map.of(server("a"), Standing.SERVING),
                        want("a", "10.0.0.2:81", 100)))
                .containsExactly(
                        "set server journal.pool-eu/a addr 10.0.0.2 port 81",
                        "set server journal.pool-eu/a health down");
    }

    @Test
    void takes_back_a_server_that_was_leaving() {
        assertThat(commands(List.of(live("a", 0, true)), Map.of(), want("a", "10.0.0.1:80", 0)))
                .containsExactly(
                        "enable server journal.pool-eu/a",
                        "enable health journal.pool-eu/a",
                        "set server journal.pool-eu/a health down");
    }

    @Test
    void tries_again_to_remove_a_server_that_was_busy() {
        assertThat(commands(List.of(live("a", 0, true)), Map.of()))
                .containsExactly("wait 5s srv-removable journal.pool-eu/a", "del server journal.pool-eu/a");
    }

    @Test
    void drains_by_excluding_from_affinity_and_taking_the_weight() {
        LiveEdge edge = edge(
                List.of(live("a", 256, false), live("b", 0, false), live("c", 256, false)),
                Map.of(server("a"), Standing.SERVING, server("b"), Standing.DRAINING));

        assertThat(PoolDifference.drain(edge, EU, List.of(server("a"), server("b"), server("x"))))
                .extracting(RuntimeCommand::line)
                .containsExactly(
                        "set map /etc/haproxy/meridian/journal.standings a draining",
                        "set server journal.pool-eu/a weight 0");
    }

    @Test
    void closes_only_what_is_connected_to_drained_servers() {
        LiveEdge edge =
                edge(List.of(live("a", 256, false), live("b", 0, false)), Map.of(server("b"), Standing.DRAINING));

        assertThat(PoolDifference.disconnect(edge, EU, List.of(server("a"), server("b"), server("x"))))
                .extracting(RuntimeCommand::line)
                .containsExactly("shutdown sessions server journal.pool-eu/b");
    }

    private static ServerName server(String name) {
        return new ServerName(name);
    }

    private static List<String> commands(
            List<LiveServer> now, Map<ServerName, Standing> standings, OriginTarget... wanted) {
        return PoolDifference.commands(
                        edge(now, standings),
                        new PoolTarget(EU, Stream.of(wanted).toList()),
                        "check inter 1s")
                .stream()
                .map(RuntimeCommand::line)
                .toList();
    }

    private static LiveEdge edge(List<LiveServer> servers, Map<ServerName, Standing> standings) {
        return new LiveEdge(PoolNames.of(new AppName("journal")), "f", List.of(EU), servers, standings);
    }

    private static OriginTarget want(String name, String address, int weight) {
        return new OriginTarget(new ServerName(name), address, new Weight(weight));
    }

    private static LiveServer live(String name, int weight, boolean leaving) {
        return new LiveServer(
                "journal.pool-eu", new ServerName(name), "10.0.0.1:80", weight, leaving, Health.HEALTHY, 0);
    }
}
