package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class CircuitTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Circuit circuit = new Circuit(Duration.ofSeconds(1), now::get);

    @Test
    void isClosedAtFirst() {
        assertThat(circuit.isOpen()).isFalse();
    }

    @Test
    void restsAfterAFailureAndThenLetsOneCallerTry() {
        circuit.open();
        assertThat(circuit.isOpen()).isTrue();

        now.set(Instant.EPOCH.plusMillis(999));
        assertThat(circuit.isOpen()).isTrue();

        now.set(Instant.EPOCH.plusMillis(1000));
        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.isOpen()).isTrue();
    }

    @Test
    void closesWithASuccess() {
        circuit.open();
        circuit.close();

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.isOpen()).isFalse();
    }
}
