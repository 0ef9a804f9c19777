package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

final class LiveServerTest {
    private static final String HEADER = "# pxname,svname,scur,status,weight,check_status,addr,uweight\n";

    @Test
    void reads_a_servers_row() {
        assertThat(row("pool-eu,a,3,UP,256,L7OK,10.0.0.1:80,128"))
                .isEqualTo(
                        new LiveServer("pool-eu", new ServerName("a"), "10.0.0.1:80", 128, false, Health.HEALTHY, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "UP,L7OK,HEALTHY", "UP 1/2,L7OK,HEALTHY", "UP,* L7OK,HEALTHY", "DRAIN,L7OK,HEALTHY", "UP,INI,UNKNOWN",
        "DOWN,INI,UNKNOWN", "UP,'',UNKNOWN", "DOWN,L4CON,UNHEALTHY", "DOWN 1/2,L7OK,UNHEALTHY",
                "DOWN,* L4TOUT,UNHEALTHY"
    })
    void tells_health_from_status_and_last_check(String status, String check, Health health) {
        assertThat(row("pool-eu,a,0," + status + ",0," + check + ",10.0.0.1:80,0")
                        .health())
                .isEqualTo(health);
    }

    @Test
    void takes_maintenance_for_leaving() {
        assertThat(row("pool-eu,a,1,MAINT,0,,10.0.0.1:80,0").leaving()).isTrue();
    }

    @Test
    void keeps_every_weight_on_the_way_to_haproxy_and_back() {
        assertThat(IntStream.rangeClosed(0, 100).mapToObj(Weight::new))
                .allMatch(weight -> LiveServer.share(LiveServer.weight(weight)).equals(weight));
        assertThat(LiveServer.weight(new Weight(1))).isEqualTo(3);
        assertThat(LiveServer.weight(Weight.FULL)).isEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Unknown command", "Permission denied\n"})
    void refuses_an_answer_that_is_no_table(String answer) {
        assertThatThrownBy(() -> StatRow.parse(answer))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("show stat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"journal.example.com:80", "10.0.0.1", "10.0.0.1:0", "10.0.0.1:70000", "::1:80", "10.0.0.1:80 x"})
    void refuses_an_address_that_haproxy_would_not_take(String address) {
        assertThatThrownBy(() -> OriginAddress.parse(address))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(address);
    }

    @Test
    void reads_addresses_of_both_kinds() {
        assertThat(OriginAddress.parse("10.0.0.1:80")).isEqualTo(new OriginAddress("10.0.0.1", 80));
        assertThat(OriginAddress.parse("[2001:db8::1]:80")).isEqualTo(new OriginAddress("2001:db8::1", 80));
    }

    private static LiveServer row(String row) {
        return LiveServer.of(StatRow.parse(HEADER + row).getFirst());
    }
}
