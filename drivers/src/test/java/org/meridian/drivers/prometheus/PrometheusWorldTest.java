package org.meridian.drivers.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;
import org.meridian.testkit.MetricSourceContract;

/** A real Prometheus, with the queries of docs/canary.md. */
@Tag("world")
final class PrometheusWorldTest extends MetricSourceContract {
    private static final String OF_SERVER = "{region=\"$region\",server=\"$server\"";
    private static final String REQUESTS = "sum(http_requests_total" + OF_SERVER + "})";
    private static final String ERRORS = "sum(http_requests_total" + OF_SERVER + ",code=~\"5..|none\"}) or vector(0)";
    private static final String LATENCY = "sum by (le) (http_duration_seconds_bucket" + OF_SERVER + "})";
    private static final Map<RegionName, ServerName> SERVERS = Map.of(HERE, A, THERE, B);

    private CountingOrigins origins;
    private RealPrometheus prometheus;
    private PrometheusMetrics metrics;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Optional<Path> program = RealPrometheus.program();
        assumeTrue(program.isPresent(), "no Prometheus here; scripts/setup gets one on Debian");
        origins = new CountingOrigins();
        prometheus = RealPrometheus.start(program.get(), folder, origins.target());
        metrics = metrics(REQUESTS);
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            metrics.close();
            prometheus.stop();
        }
        if (origins != null) {
            origins.close();
        }
    }

    @Override
    protected MetricSource source() {
        return metrics;
    }

    @Override
    protected void answer(RegionName region, int status, Duration after) {
        origins.answered(region, server(region), Integer.toString(status), after);
    }

    @Override
    protected void drop(RegionName region) {
        origins.answered(region, server(region), "none", Duration.ZERO);
    }

    @Test
    void repeats_what_prometheus_says_of_a_query_that_it_can_not_read() {
        try (PrometheusMetrics wrong = metrics("sum(http_requests_total{")) {
            assertThatThrownBy(() -> wrong.read(HERE))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the query for requests got HTTP 400 (bad_data)")
                    .satisfies(e -> assertThat(((Failure) e).diagnostic().detail())
                            .contains("parse error", "query: sum(http_requests_total{"));
        }
    }

    private PrometheusMetrics metrics(String requests) {
        return new PrometheusMetrics(
                new MetricSettings.Prometheus(prometheus.address(), requests, ERRORS, LATENCY),
                region -> List.of(server(region)));
    }

    private static ServerName server(RegionName region) {
        return SERVERS.getOrDefault(region, A);
    }
}
