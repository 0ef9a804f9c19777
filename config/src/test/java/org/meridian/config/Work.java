package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/**
 * Limits what an input costs, in processor time, which a busy machine does not change.
 *
 * <p>Inputs here usually cost some milliseconds, the largest some hundreds; what is not bounded costs minutes or does not end.
 */
final class Work {
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration NEVER_ENDS = Duration.ofMinutes(3);

    private Work() {}

    /** Runs it, which must not cost more than any input may. */
    static void limited(String what, Executable action) {
        Assertions.assertTimeoutPreemptively(
                NEVER_ENDS,
                () -> {
                    long before = processorTime();
                    action.execute();
                    assertThat(Duration.ofNanos(processorTime() - before))
                            .as("processor time of " + what)
                            .isLessThan(MOST);
                },
                what);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
