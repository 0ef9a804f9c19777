package org.meridian.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void withoutANearOneAllAreNamed() {
        assertThat(Closest.suggestion("tokyo", "regions", List.of("eu", "us")))
                .isEqualTo("Write one of these regions: eu, us.");
    }
}
