package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.drivers.haproxy.EdgeApps.EU;
import static org.meridian.drivers.haproxy.EdgeApps.LAB;
import static org.meridian.drivers.haproxy.EdgeApps.US;
import static org.meridian.drivers.haproxy.EdgeApps.app;
import static org.meridian.drivers.haproxy.EdgeApps.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;

final class EdgeConfigTest {
    private static final List<Pool> POOLS = List.of(
            new Pool(US, List.of()),
            new Pool(
                    EU,
                    List.of(
                            origin("journal-eu-r1-1", "10.1.0.4:3000", 0, true),
                            origin("journal-eu-r2-1", "10.1.0.5:3000", 100, false),
                            origin("journal-eu-r3-1", "[2001:db8::4]:3000", 1, false))),
            new Pool(LAB, List.of()));

    private static final PoolNames NAMES = PoolNames.of(new AppName("journal"));

    private final EdgeConfig config = config("/up", Optional.empty());
    private final EdgeConfig sticky = config("/up", Optional.of("_session"));

    @Test
    void renders_the_whole_configuration() throws IOException {
        assertThat(Frame.of(List.of(sticky.claim())) + sticky.render(POOLS))
                .isEqualToNormalizingNewlines(golden("golden.cfg"));
    }

    @Test
    void asks_for_the_host_name_of_the_app_and_says_that_users_speak_https() {
        App named = app(new HealthCheck(
                "/up",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                3,
                Duration.ofMinutes(1),
                Optional.of("app.example.com:8443"),
                Optional.of("http")));
        String rendered = new EdgeConfig(named, 80, new EdgeRoutes(named)).render(POOLS);

        assertThat(rendered).contains("hdr Host app.example.com:8443 hdr X-Forwarded-Proto http ");
        assertThat(config.render(POOLS)).contains("hdr Host localhost hdr X-Forwarded-Proto https ");
    }

    @Test
    void knows_no_affinity_where_no_cookie_is_configured() {
        assertThat(config.render(POOLS)).doesNotContain("cook", "use-server", "${");
    }

    @Test
    void lists_what_affinity_may_choose_and_what_drains() {
        assertThat(EdgeConfig.standings(POOLS))
                .isEqualTo("journal-eu-r1-1 draining\njournal-eu-r2-1 serving\njournal-eu-r3-1 serving\n");
    }

    @Test
    void orders_the_pools_for_every_country() {
        assertThat(new EdgeRoutes(app("/up", Optional.empty())).countries().lines())
                .contains("US " + order(US, EU), "DE " + order(EU, US), "JP " + order(US, EU))
                .allMatch(line -> line.endsWith(order(US, EU)) || line.endsWith(order(EU, US)));
    }

    @Test
    void needs_no_reload_when_only_origins_change() {
        List<Pool> others = List.of(
                new Pool(US, List.of(origin("x", "10.1.0.9:3000", 50, false))),
                new Pool(EU, List.of()),
                new Pool(LAB, List.of()));

        assertThat(config.fingerprint(others)).isEqualTo(config.fingerprint(POOLS));
        assertThat(config.render(others)).contains("backend " + config.fingerprint(POOLS) + " from journal\n");
    }

    @Test
    void needs_a_reload_when_pools_or_settings_change() {
        assertThat(List.of(
                        config.fingerprint(POOLS),
                        config.fingerprint(POOLS.subList(0, 2)),
                        sticky.fingerprint(POOLS),
                        config("/health", Optional.empty()).fingerprint(POOLS)))
                .doesNotHaveDuplicates();
    }

    @Test
    void is_read_back_as_it_was_written() {
        List<Pool> read = WrittenConfig.pools(NAMES, config.render(POOLS), EdgeConfig.standings(POOLS));

        assertThat(read).containsExactlyInAnyOrderElementsOf(POOLS);
        assertThat(WrittenConfig.pools(NAMES, "frontend empty\n    bind :80\n", ""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/it's", "/up\n    bind :81", "/\u00e9"})
    void refuses_a_health_path_that_would_break_the_file(String path) {
        assertThatThrownBy(() -> config(path, Optional.empty()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("serve.health.path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a)", "a\nb"})
    void refuses_a_cookie_that_would_break_the_file(String cookie) {
        assertThatThrownBy(() -> config("/up", Optional.of(cookie)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("traffic.sticky.cookie");
    }

    private static String golden(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(EdgeConfigTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String order(RegionName first, RegionName second) {
        return "/journal.pool-" + first + "/journal.pool-" + second + "/journal.pool-lab";
    }

    private static EdgeConfig config(String path, Optional<String> cookie) {
        App app = app(path, cookie);
        return new EdgeConfig(app, 80, new EdgeRoutes(app));
    }
}
