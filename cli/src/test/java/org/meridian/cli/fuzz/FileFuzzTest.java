package org.meridian.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand inputs; {@code make fuzz} does more. */
final class FileFuzzTest {
    private static final int INPUTS = 1_000;
    private static final Duration NEVER_ENDS = Duration.ofMinutes(30);

    private FileFuzz fuzz;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        fuzz = new FileFuzz(directory);
    }

    static LongStream firstSeeds() {
        return LongStream.range(0, 10).map(i -> 1 + i * INPUTS);
    }

    @ParameterizedTest(name = "from seed {0}")
    @MethodSource("firstSeeds")
    void whatever_is_in_the_files_reading_them_ends_with_a_result_or_with_problems_that_have_a_place(long first) {
        assertTimeoutPreemptively(NEVER_ENDS, () -> {
            for (long seed = first; seed < first + INPUTS; seed++) {
                assertThat(fuzz.run(seed)).isEmpty();
            }
        });
        // Otherwise the changes are too tame to show anything.
        assertThat(fuzz.refused()).isBetween(INPUTS / 3L, INPUTS * 99L / 100);
    }

    @Test
    void the_files_themselves_are_right() {
        assertThatCode(fuzz::readSeeds).doesNotThrowAnyException();
    }
}
