package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Some hundred command lines; {@code make fuzz} does more. */
final class ArgumentFuzzTest {
    private static final int INPUTS = 1_000;

    @Test
    void whatever_is_typed_is_understood_or_refused_in_words() {
        ArgumentFuzz fuzz = new ArgumentFuzz();
        List<String> wrong = new ArrayList<>();
        for (long seed = 1; seed <= INPUTS && wrong.size() < 5; seed++) {
            fuzz.run(seed).ifPresent(wrong::add);
        }
        assertThat(wrong).isEmpty();
    }
}
