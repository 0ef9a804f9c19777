package org.meridian.drivers.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;

/**
 * Processes that race for the lock of a store.
 *
 * @param directory for the mark that only the winner makes
 * @param kind      the store, as {@link LockRacer} knows it
 * @param where     where it is
 */
public record Racers(Path directory, String kind, String where) {
    private static final Holder ANN = new Holder("ann", "deploy", Instant.EPOCH);
    private static final long MINUTES = 3;

    /** Two processes win this often altogether: never two at a time, and each time with a token of its own. */
    public void race(int wins) throws IOException, InterruptedException {
        Process first = start(wins / 2);
        Process second = start(wins - wins / 2);
        try {
            List<String> tokens = new ArrayList<>(lines(first));
            tokens.addAll(lines(second));

            assertThat(tokens)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, wins)
                            .mapToObj(Long::toString)
                            .toList());
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    /** A process with a lock of the full lease is killed: the lock is free at once. */
    public void killTheHolder(StateStore store) throws IOException, InterruptedException {
        Process keeper = start(0);
        try (BufferedReader output = new BufferedReader(new InputStreamReader(keeper.getInputStream(), UTF_8))) {
            assertThat(output.readLine()).isEqualTo("1");
            assertThat(store.holder()).get().extracting(Holder::who).isEqualTo("racer");
            assertThatThrownBy(() -> store.lock(ANN)).hasMessageContaining("racer, race, since");

            keeper.destroyForcibly();
            assertThat(keeper.waitFor(10, TimeUnit.SECONDS)).isTrue();

            assertThat(store.holder()).isEmpty();
            try (Lock lock = store.lock(ANN)) {
                assertThat(lock.token()).isEqualTo(2);
            }
        } finally {
            keeper.destroyForcibly();
        }
    }

    private Process start(int wins) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockRacer.class.getName(),
                        directory.toString(),
                        Integer.toString(wins),
                        kind,
                        where)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Nobody checks them; the client wants some.
        builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "racer", "AWS_SECRET_ACCESS_KEY", "racer"));
        return builder.start();
    }

    private static List<String> lines(Process process) throws IOException, InterruptedException {
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }
}
