package org.meridian.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.Tasks;

/** What is done in several places, some of which do not answer. */
class EverywhereTest {
    private final Everywhere everywhere = new Everywhere(new OneAfterTheOther());
    private final List<String> told = new ArrayList<>();

    @Test
    void aPlaceThatDoesNotAnswerKeepsNoOtherFromBeingTold() {
        assertThatThrownBy(() -> everywhere.tell(List.of("silent", "eu-1", "eu-2"), this::tell))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER));

        assertThat(told).containsExactly("eu-1", "eu-2");
    }

    @Test
    void everyPlaceThatDidNotAnswerIsNamed() {
        assertThatThrownBy(() -> everywhere.tell(List.of("silent", "silent too"), this::tell))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
                    assertThat(failure.diagnostics())
                            .extracting(Diagnostic::summary)
                            .containsExactly("silent", "silent too");
                });
    }

    @Test
    void aRefusalIsNotTakenForSilence() {
        assertThatThrownBy(() -> everywhere.tell(List.of("silent", "refuses"), this::tell))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED);
                    assertThat(failure.diagnostic().summary()).isEqualTo("refuses");
                });
    }

    private void tell(String place) {
        if (place.startsWith("silent")) {
            throw Failure.noAnswer(Diagnostic.of("test", place, "See."));
        }
        if (place.equals("refuses")) {
            throw Failure.of(Diagnostic.of("test", place, "See."));
        }
        told.add(place);
    }

    /** One item after the other, and none after one that failed. */
    private static final class OneAfterTheOther implements Tasks {
        @Override
        public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
            for (T item : items) {
                action.run(item);
            }
        }

        @Override
        public Background start(String name, Work work) {
            throw new UnsupportedOperationException();
        }
    }
}
