package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthTest {
    private static final Identity IDENTITY = new Identity("us", "us-1", "r7", "v1");

    @ParameterizedTest
    @CsvSource({
        "true, true, true, true, 200, ok",
        "true, true, false, true, 200, degraded",
        "true, true, true, false, 200, degraded",
        "true, false, true, true, 503, down",
        "false, true, true, true, 503, down"
    })
    void onlyThePrimaryWithItsSchemaIsNeeded(
            boolean primary, boolean schema, boolean replica, boolean cache, int status, String word) {
        Response response =
                health(() -> primary, () -> schema, () -> replica, () -> cache).check();

        assertThat(response.status()).isEqualTo(status);
        assertThat(text(response)).contains("\"status\":\"" + word + "\"");
    }

    @Test
    @Timeout(5)
    void somethingThatHangsIsDown() {
        CountDownLatch never = new CountDownLatch(1);
        BooleanSupplier hangs = () -> {
            try {
                never.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return true;
        };

        Response response = health(hangs, hangs, hangs, hangs).check();
        never.countDown();

        assertThat(response.status()).isEqualTo(503);
        assertThat(text(response))
                .contains("\"primary\":\"down\"", "\"schema\":\"down\"", "\"replica\":\"down\"", "\"cache\":\"down\"");
    }

    @Test
    void aFailingCheckIsDown() {
        Response response = health(
                        () -> {
                            throw new IllegalStateException("closed");
                        },
                        () -> true,
                        () -> true,
                        () -> true)
                .check();

        assertThat(response.status()).isEqualTo(503);
    }

    @Test
    void aProcessThatIsAskedToStopIsNoLongerHealthy() {
        Health health = health(() -> true, () -> true, () -> true, () -> true);
        health.stopping();

        assertThat(health.check().status()).isEqualTo(503);
        assertThat(text(health.check())).contains("\"status\":\"stopping\"");
    }

    private static Health health(
            BooleanSupplier primary, BooleanSupplier schema, BooleanSupplier replica, BooleanSupplier cache) {
        return new Health(IDENTITY, primary, schema, replica, cache);
    }

    private static String text(Response response) {
        return new String(response.body(), UTF_8);
    }
}
