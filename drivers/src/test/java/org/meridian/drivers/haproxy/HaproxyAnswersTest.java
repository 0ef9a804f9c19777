package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever the edge answers or has on its disk is understood, or refused by a failure. */
final class HaproxyAnswersTest {
    private static final int INPUTS = 2_000;
    private static final PoolNames NAMES = PoolNames.of(new AppName("journal"));
    private static final String STATISTICS = """
        # pxname,svname,scur,status,weight,check_status,addr,uweight,stot,req_tot,hrsp_5xx,srv_abrt
        journal.pool-eu,a,3,UP,256,L7OK,10.0.0.1:80,128,10,9,1,0
        journal.pool-eu,b,0,MAINT,0,,10.0.0.2:80,0,0,0,0,0
        journal.pool-eu,elsewhere,0,no check,1,,,1,0,0,0,0
        journal.pool-eu,BACKEND,3,UP,256,,,128,10,9,1,0
        """;
    private static final String MAP = "a serving\nb draining\n";
    private static final String TABLE = """
        # table: journal.pool-eu, type: string, size:1000, used:1
        0x7f: key=a use=0 exp=0 shard=0 gpc0=1 gpc1=2 gpc20=3
        """;
    private static final String CONFIGURATION = """
        backend journal.pool-eu
            server a 10.0.0.1:80 weight 128 check
            server b 10.0.0.2:80 weight 0 check
        """;

    @Test
    void understands_what_haproxy_answers_when_all_is_well() {
        assertThat(LiveEdge.read(NAMES, STATISTICS, MAP)
                        .pool(new RegionName("eu"))
                        .origins())
                .hasSize(1);
        assertThat(ServerCounts.read(NAMES, TABLE, STATISTICS)).hasSize(1);
        assertThat(WrittenConfig.pools(NAMES, CONFIGURATION, MAP)).hasSize(1);
    }

    @Test
    void backends_that_lie_behind_the_pools_are_none_of_them() {
        String header = "# pxname,svname,scur,status,weight,check_status,addr,uweight\n";
        String rows = "journal.via-us,10.0.0.4,0,UP,0,L7OK,10.0.0.4:80,1\njournal.via-us,BACKEND,0,UP,0,,,0\n";
        assertThat(LiveEdge.read(NAMES, header + rows, "").pools()).isEmpty();
    }

    @Test
    void what_other_apps_have_is_none_of_this_apps() {
        String header = "# pxname,svname,scur,status,weight,check_status,addr,uweight\n";
        String rows = """
                journal2.pool-eu,x,0,UP,0,L7OK,10.0.0.4:80,1
                journal2.pool-eu,BACKEND,0,UP,0,,,0
                journal2.meridian-1,BACKEND,0,UP,0,,,0
                journal.meridian-2,BACKEND,0,UP,0,,,0
                journal.pool-us,x,0,UP,0,L7OK,10.0.0.5:80,1
                journal.pool-us,BACKEND,0,UP,0,,,0
                """;
        LiveEdge edge = LiveEdge.read(NAMES, header + rows, "");

        assertThat(edge.fingerprint()).isEqualTo("journal.meridian-2");
        assertThat(edge.pools()).extracting(Pool::region).containsExactly(new RegionName("us"));
        assertThat(WrittenConfig.pools(
                        NAMES, "backend journal2.pool-eu from journal2\n    server a 10.0.0.1:80 weight 1 check\n", ""))
                .isEmpty();
    }

    @Test
    void statistics_changed_by_chance_end_in_pools_or_in_a_failure() throws InterruptedException {
        var statistics = new ForeignText(
                STATISTICS, text -> LiveEdge.read(NAMES, text, MAP).pools());
        assertThat(statistics.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_map_changed_by_chance_ends_in_standings_or_in_a_failure() throws InterruptedException {
        var map = new ForeignText(
                MAP, text -> LiveEdge.read(NAMES, STATISTICS, text).pools());
        assertThat(map.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void counts_changed_by_chance_end_in_metrics_or_in_a_failure() throws InterruptedException {
        var table = new ForeignText(TABLE, text -> ServerCounts.read(NAMES, text, STATISTICS)
                .forEach(counts -> counts.metrics(counts.unanswered())));
        var statistics = new ForeignText(STATISTICS, text -> ServerCounts.read(NAMES, TABLE, text)
                .forEach(counts -> counts.metrics(counts.unanswered())));
        assertThat(table.wrong(1, INPUTS)).isEmpty();
        assertThat(statistics.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_configuration_changed_by_chance_ends_in_pools_or_in_a_failure() throws InterruptedException {
        var configuration = new ForeignText(CONFIGURATION, text -> WrittenConfig.pools(NAMES, text, MAP));
        assertThat(configuration.wrong(1, INPUTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backend journal.pool-EU!",
                "backend journal.pool-eu\n    server A_b 10.0.0.1:80 weight 1 check",
                "backend journal.pool-eu\n    server a 10.0.0.1:80 weight 999 check",
                "backend journal.pool-eu\n    server a 10.0.0.1:80 weight 99999999999 check"
            })
    void a_bad_name_or_weight_in_the_written_configuration_is_a_failure_that_says_so(String text) {
        assertThatThrownBy(() -> WrittenConfig.pools(NAMES, text, ""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not as Meridian wrote it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal.pool-EU!,BACKEND,0,UP,0,,,0",
                "journal.pool-,BACKEND,0,UP,0,,,0",
                "journal.pool-eu,A_b,0,UP,0,L7OK,10.0.0.1:80,0",
                "journal.pool-eu,a,many,UP,0,L7OK,10.0.0.1:80,0",
                "journal.pool-eu,a,0,UP,0,L7OK,10.0.0.1:80,999"
            })
    void a_bad_name_or_number_in_a_live_row_is_a_failure_that_names_the_command(String row) {
        String header = "# pxname,svname,scur,status,weight,check_status,addr,uweight\n";
        assertThatThrownBy(() -> LiveEdge.read(NAMES, header + row, ""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("show stat");
    }
}
