package org.meridian.drivers.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.HealthCheck;

final class StateJsonTest {
    @Test
    void a_health_check_that_was_kept_before_it_could_name_a_host_is_read() {
        String kept = StateJson.write(
                        new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(2), 2, Duration.ofMinutes(1)))
                .replaceAll(",?\"(host|proto)\":null", "");

        HealthCheck read = StateJson.read("the store", kept, HealthCheck.class);

        assertThat(kept).doesNotContain("host", "proto");
        assertThat(read.host()).isEmpty();
        assertThat(read.forwardedProto()).isEqualTo("https");
    }
}
