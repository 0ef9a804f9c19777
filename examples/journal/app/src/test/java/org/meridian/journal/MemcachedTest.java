package org.meridian.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class MemcachedTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private FakeMemcached server;
    private Memcached cache;

    @BeforeEach
    void start() throws IOException {
        server = new FakeMemcached();
        cache = new Memcached(server.address(), new Circuit(Duration.ofSeconds(1), now::get));
    }

    @AfterEach
    void stop() throws IOException {
        cache.close();
        server.close();
    }

    @Test
    void readsAValueWithLineBreaksInIt() {
        server.willAnswer("VALUE k 0 6\r\na\r\nb\r\n\r\nEND\r\n");

        assertThat(cache.get("k")).hasValueSatisfying(value -> assertThat(new String(value, ISO_8859_1))
                .isEqualTo("a\r\nb\r\n"));
        assertThat(server.received).containsExactly("get k");
    }

    @Test
    void aMissIsEmpty() {
        server.willAnswer("END\r\n");

        assertThat(cache.get("k")).isEmpty();
    }

    @Test
    void storesForWholeSecondsAndAtLeastOne() {
        server.willAnswer("STORED\r\n", "STORED\r\n");

        cache.put("k", "abc".getBytes(ISO_8859_1), Duration.ofSeconds(90));
        cache.put("k", "abc".getBytes(ISO_8859_1), Duration.ofMillis(5));

        assertThat(server.received).containsExactly("set k 0 90 3", "abc", "set k 0 1 3", "abc");
    }

    @Test
    void keepsItsConnection() {
        server.willAnswer("END\r\n", "DELETED\r\n", "VERSION 1.6\r\n");

        cache.get("k");
        cache.remove("k");

        assertThat(cache.answers()).isTrue();
        assertThat(server.connections).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR\r\n",
                "VALUE k 0\r\n",
                "VALUE k 0 -1\r\n",
                "VALUE k 0 9999999\r\n",
                "VALUE k 0 1\r\nab\r\nEND\r\n"
            })
    void anAnswerThatMakesNoSenseIsAMissAndEndsTheConnection(String answer) {
        server.willAnswer(answer, "END\r\n");

        assertThat(cache.get("k")).isEmpty();

        now.set(Instant.EPOCH.plusSeconds(2));
        cache.get("k");
        assertThat(server.connections).hasValue(2);
    }

    @Test
    void aServerThatSaysNothingIsAMissSoon() {
        assertThat(cache.get("k")).isEmpty();
        assertThat(cache.answers()).isFalse();
    }

    @Test
    void afterAFailureItIsLeftAloneForAWhile() {
        cache.get("k"); // no answer prepared: fails
        server.willAnswer("END\r\n", "VERSION 1.6\r\n");

        cache.get("k");
        assertThat(server.received).hasSize(1);

        now.set(Instant.EPOCH.plusSeconds(2));
        cache.get("k");
        assertThat(server.received).hasSize(2);
    }

    @Test
    void withoutAServerEverythingIsAMiss() throws IOException {
        server.close();

        cache.put("k", new byte[1], Duration.ofSeconds(1));
        assertThat(cache.get("k")).isEmpty();
        assertThat(cache.answers()).isFalse();
    }
}
