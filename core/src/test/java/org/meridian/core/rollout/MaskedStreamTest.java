package org.meridian.core.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.Secret;

final class MaskedStreamTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String TOKEN = "grüne-Tür/42+x";

    @Test
    void aValueIsMaskedWhereverTheTextIsCutInTwo() {
        String text = "token=" + TOKEN + ", again: " + base64(TOKEN) + " end";
        for (int cut = 0; cut <= text.length(); cut++) {
            MaskedStream stream = new MaskedStream(hiding(TOKEN));
            assertThat(stream.add(text.substring(0, cut)) + stream.add(text.substring(cut)) + stream.end())
                    .as("cut at " + cut)
                    .isEqualTo("token=***, again: *** end");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void piecesOfAnySizeSayWhatTheWholeDoes(long seed) {
        Random random = new Random(seed);
        Redaction redaction = hiding("abcd", "abcdabce", "bcdbcdab", "zzzz".repeat(60));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append(random.nextInt(9) == 0 ? "\n" : random.nextInt(60) == 0 ? "zzzz".repeat(60) : pick(random));
        }
        MaskedStream stream = new MaskedStream(redaction);
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(7));
            shown.append(stream.add(text.substring(at, end)));
            at = end;
        }
        assertThat(shown.append(stream.end()).toString().replaceAll("(\\*\\*\\*)+", "***"))
                .isEqualTo(redaction.mask(text.toString()).replaceAll("(\\*\\*\\*)+", "***"));
    }

    private static char pick(Random random) {
        return "abcde".charAt(random.nextInt(5));
    }

    @Test
    void aValueThatEndsWithTheBeginningOfAnotherIsMaskedWhole() {
        MaskedStream stream = new MaskedStream(hiding("hunter2-door", "door-key-9"));
        assertThat(stream.add("is hunter2-door") + stream.add(" or") + stream.end())
                .isEqualTo("is *** or");
    }

    @Test
    void whatIsBrokenOverLinesIsMaskedAlthoughTheBreakComesLater() {
        String broken = base64("a long secret value of a key");
        MaskedStream stream = new MaskedStream(hiding("a long secret value of a key"));
        assertThat(stream.add("x " + broken.substring(0, 20) + "\r")
                        + stream.add("\n  " + broken.substring(20))
                        + stream.add(".")
                        + stream.end())
                .isEqualTo("x ***.");
    }

    @Test
    void whatAProgramAsksIsShownAndItsLastCharacterIsNoSecretsBeginningForEver() {
        MaskedStream stream = new MaskedStream(hiding("? hunter2"));
        assertThat(stream.add("Go on? ")).isEqualTo("Go on");
        assertThat(stream.paused()).isEqualTo("? ");
        assertThat(stream.add("yes\n") + stream.end()).isEqualTo("yes\n");
    }

    @Test
    void whatFollowsABeginningThatWasShownInAPauseIsMasked() {
        MaskedStream stream = new MaskedStream(hiding("hunter2"));
        assertThat(stream.add("hun")).isEmpty();
        assertThat(stream.paused()).isEqualTo("hun");
        assertThat(stream.add("ter2 is it") + stream.end()).isEqualTo("*** is it");
    }

    @Test
    void halfAValueDoesNotGoInAPause() {
        MaskedStream stream = new MaskedStream(hiding("hunter2"));
        assertThat(stream.add("hunte") + stream.paused()).isEmpty();
        assertThat(stream.end()).isEqualTo("hunte");
    }

    @Test
    void bytesThatAreNoTextGoThroughAsTheyAre() throws IOException {
        byte[] bytes = new byte[20_000];
        new Random(7).nextBytes(bytes);
        try (InputStream masked = new MaskedInput(new ByteArrayInputStream(bytes), hiding(TOKEN), NEVER, () -> {})) {
            assertThat(masked.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aStreamIsReadUpToItsEndWithoutTheValuesInIt() throws Exception {
        AtomicInteger met = new AtomicInteger();
        PipedInputStream source = new PipedInputStream();
        PipedOutputStream program = new PipedOutputStream(source);
        try (InputStream masked = new MaskedInput(source, hiding(TOKEN), Duration.ofMillis(1), met::incrementAndGet)) {
            program.write("Password? ".getBytes(UTF_8));
            program.flush();
            assertThat(new String(masked.readNBytes(10), UTF_8)).isEqualTo("Password? ");
            byte[] token = (TOKEN + "!").getBytes(UTF_8);
            program.write(token, 0, 5);
            program.flush();
            program.write(token, 5, token.length - 5);
            program.close();
            assertThat(new String(masked.readAllBytes(), UTF_8))
                    .endsWith("***!")
                    .doesNotContain("Tür");
        }
        assertThat(met).hasValue(1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Redaction hiding(String... values) {
        return new Redaction(Arrays.stream(values).map(Secret::of).toList());
    }
}
