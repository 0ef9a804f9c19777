package org.meridian.core.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void tenThousandProblemsAreAHundredAndTheirNumber() {
        List<Diagnostic> many = IntStream.range(0, 10_050)
                .mapToObj(i -> Diagnostic.of("x", "problem " + i, "Correct it."))
                .toList();

        List<Diagnostic> said = Failure.usage(many).diagnostics();

        assertThat(said).hasSize(101).startsWith(many.getFirst());
        assertThat(said.getLast().summary())
                .isEqualTo("and 9950 more problems, of which this is the next: problem 100");
    }

    @Test
    void aHundredAndOneAreAllSaid() {
        List<Diagnostic> all = IntStream.range(0, 101)
                .mapToObj(i -> Diagnostic.of("x", "problem " + i, "Correct it."))
                .toList();

        assertThat(Failure.usage(all).diagnostics()).isEqualTo(all);
    }
}
