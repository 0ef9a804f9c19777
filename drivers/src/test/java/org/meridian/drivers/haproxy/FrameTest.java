package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;

final class FrameTest {
    private static final Claim JOURNAL = claim("journal", 80, "journal.example.com", "www.journal.example.com");
    private static final Claim SHOP = claim("shop", 80, "shop.example.com");
    private static final Claim REST = claim("rest", 80);

    private static Claim claim(String app, int port, String... hosts) {
        return new Claim(new AppName(app), port, List.of(hosts), List.of(), app + ".pool-eu", Optional.empty());
    }

    @Test
    void requests_go_to_the_app_that_has_their_host_name_and_to_nobody_where_none_has() {
        assertThat(Frame.of(List.of(SHOP, JOURNAL))).contains("""
                frontend users-80 from frame
                    bind :80
                    http-request disable-l7-retry unless METH_GET
                    http-request set-var(txn.host) req.hdr(host),field(1,:),lower
                    use_backend journal.pool-eu if { var(txn.host) -m str journal.example.com www.journal.example.com }
                    use_backend shop.pool-eu if { var(txn.host) -m str shop.example.com }
                    default_backend nobody
                """);
    }

    @Test
    void an_app_without_names_gets_the_rest_and_needs_no_look_at_names_when_it_is_alone() {
        assertThat(Frame.of(List.of(REST, SHOP))).contains("default_backend rest.pool-eu\n", "shop.example.com");
        assertThat(Frame.of(List.of(REST))).doesNotContain("txn.host");
    }

    @Test
    void each_port_has_its_own_frontend() {
        assertThat(Frame.of(List.of(REST, claim("other", 8080))))
                .contains("frontend users-80 ", "bind :8080\n", "default_backend other.pool-eu");
    }

    @Test
    void many_names_are_spread_over_lines_that_haproxy_takes() {
        String[] names =
                IntStream.range(0, 120).mapToObj(i -> "h" + i + ".example.com").toArray(String[]::new);

        assertThat(Frame.of(List.of(claim("many", 80, names))).lines())
                .allMatch(line -> line.strip().split(" ", -1).length <= 64)
                .filteredOn(line -> line.contains("use_backend many.pool-eu"))
                .hasSize(3);
    }

    @Test
    void an_edge_asks_for_the_country_of_the_apps_own_users_alone() {
        var edge = new Claim(
                new AppName("journal"),
                80,
                List.of("journal.example.com"),
                List.of(),
                "journal.pool-eu",
                Optional.of("/map"));

        assertThat(Frame.of(List.of(edge)))
                .contains("use_backend %[req.hdr(CF-IPCountry),upper,map_str(/map,/journal.pool-eu),word(1,/)]"
                        + " if { var(txn.host) -m str journal.example.com } { req.hdr(CF-IPCountry) -m found }\n");
    }

    @Test
    void the_proxy_protocol_is_accepted_from_the_addresses_that_any_app_at_the_port_names() {
        var one = new Claim(new AppName("a"), 80, List.of(), List.of("10.0.0.4"), "a.pool-eu", Optional.empty());
        var other = new Claim(new AppName("b"), 81, List.of(), List.of(), "b.pool-eu", Optional.empty());

        assertThat(Frame.of(List.of(one, SHOP, other)))
                .containsOnlyOnce(
                        "    acl sender src 10.0.0.4\n    tcp-request connection expect-proxy layer4 if sender\n");
    }

    @Test
    void a_name_that_another_app_has_at_the_same_port_is_refused_with_that_apps_name_and_the_machine() {
        Claim same = claim("copy", 80, "other.example.com", "shop.example.com");

        assertThatThrownBy(() -> Frame.requireApart(same, List.of(JOURNAL, SHOP), "10.0.0.1"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("shop.example.com at port 80 of 10.0.0.1 are those of the app shop");
        Frame.requireApart(same, List.of(JOURNAL, claim("shop", 81, "shop.example.com")), "10.0.0.1");
    }

    @Test
    void only_one_app_without_names_fits_at_a_port() {
        assertThatThrownBy(() -> Frame.requireApart(claim("second", 80), List.of(SHOP, REST), "10.0.0.1"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the app rest has port 80 of 10.0.0.1");
        Frame.requireApart(claim("second", 81), List.of(SHOP, REST), "10.0.0.1");
        Frame.requireApart(REST, List.of(SHOP, JOURNAL), "10.0.0.1");
    }

    @Test
    void claims_are_read_back_as_they_were_written_and_what_is_not_known_is_refused() {
        var edge = new Claim(
                new AppName("edge"), 8080, List.of(), List.of("10.0.0.4"), "edge.pool-eu", Optional.of("/map"));

        assertThat(Claim.parse(JOURNAL.lines() + edge.lines())).containsExactly(JOURNAL, edge);
        assertThat(Claim.parse("")).isEmpty();
        for (String wrong : List.of("#: port 80\n", "#: app A!\n", "#: app a\n#: tls yes\n", "#: app a\n#: port\n")) {
            assertThatThrownBy(() -> Claim.parse(wrong)).isInstanceOf(Failure.class);
        }
    }
}
