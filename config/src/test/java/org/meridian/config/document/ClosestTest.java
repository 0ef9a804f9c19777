package org.meridian.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {
    private static final List<String> KEYS = List.of("servers", "provider", "env", "keep_previous", "port");

    @ParameterizedTest
    @CsvSource({
        "server, servers",
        "serevrs, servers",
        "SERVERS, servers",
        "keep-previous, keep_previous",
        "keepprevious, keep_previous",
        "prot, port",
        "ent, env"
    })
    void aSlipIsUnderstood(String word, String meant) {
        assertThat(Closest.to(word, KEYS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "environment", "memory"})
    void anotherWordIsNotTakenForAKey(String word) {
        assertThat(Closest.to(word, KEYS)).isEmpty();
    }

    @Test
    void aSwapAtTheEndOfALongWordIsUnderstood() {
        assertThat(Closest.to("cb", List.of("bc"))).contains("bc");
        assertThat(Closest.to("registrycb", List.of("registrybc", "registry"))).contains("registrybc");
    }

    @Test
    void withoutANearOneAllAreNamed() {
        assertThat(Closest.suggestion("tokyo", "regions", List.of("eu", "us")))
                .isEqualTo("Write one of these regions: eu, us.");
    }

    @Test
    void ofManyTheFirstAreNamed() {
        List<String> many =
                IntStream.range(0, 10_000).mapToObj(i -> "service-" + i).toList();

        assertThat(Closest.suggestion("tokyo", "services", many)).endsWith("service-19 and 9980 more.");
    }
}
