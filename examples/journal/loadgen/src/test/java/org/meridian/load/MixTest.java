package org.meridian.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MixTest {
    private static final int DRAWS = 20_000;

    @Test
    void drawsTheSharesAskedFor() {
        Mix mix = mix(0.1, 0.2, 0.3, List.of("DE", "US"));
        List<Call> calls = Stream.generate(mix::next).limit(DRAWS).toList();

        assertThat(share(calls, call -> call.kind() == Kind.SLOW)).isCloseTo(0.1, within(0.01));
        assertThat(share(calls, call -> call.kind() == Kind.WRITE)).isCloseTo(0.2, within(0.01));
        assertThat(share(calls, Call::ownConnection)).isCloseTo(0.3, within(0.02));
        assertThat(share(calls, call -> call.country().equals("DE"))).isCloseTo(0.5, within(0.02));
    }

    @Test
    void readsOnlyPostsThatWereWritten() {
        Mix mix = mix(0, 0, 0, List.of("DE"));
        assertThat(Stream.generate(mix::next).limit(DRAWS)).noneMatch(MixTest::readsPost);

        mix.written("/posts/7");
        assertThat(Stream.generate(mix::next).limit(DRAWS).filter(MixTest::readsPost))
                .isNotEmpty()
                .allMatch(call -> call.path().equals("/posts/7"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesWhatIsNoShare(double share) {
        assertThatIllegalArgumentException().isThrownBy(() -> mix(share, 0, 0, List.of("DE")));
        assertThatIllegalArgumentException().isThrownBy(() -> mix(0.6, 0.6, 0, List.of("DE")));
    }

    @Test
    void refusesWhatIsNoCountry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mix(0, 0, 0, List.of("DE\r\nX: y")))
                .withMessageContaining("must be like DE,US");
    }

    private static Mix mix(double slow, double write, double own, List<String> countries) {
        return new Mix(slow, write, own, countries, new Random(42));
    }

    private static boolean readsPost(Call call) {
        return call.kind() == Kind.POST;
    }

    private static double share(List<Call> calls, Predicate<Call> wanted) {
        return (double) calls.stream().filter(wanted).count() / calls.size();
    }
}
