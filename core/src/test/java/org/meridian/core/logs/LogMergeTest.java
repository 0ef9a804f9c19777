package org.meridian.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.core.logs.Lines.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.LogLine;

@Timeout(600)
final class LogMergeTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void lines_come_in_the_order_of_their_times_once_every_server_has_one() throws InterruptedException {
        var merge = new LogMerge(LONG, 10, Optional.empty());
        LogMerge.Feed a = merge.open();
        LogMerge.Feed b = merge.open();
        a.add(line("a", 1, "1"));
        a.add(line("a", 4, "4"));
        b.add(line("b", 2, "2"));
        b.add(line("b", 3, "3"));
        a.close();
        b.close();
        merge.end();

        assertThat(texts(merge)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void lines_of_the_same_time_keep_the_order_of_their_server() throws InterruptedException {
        var merge = new LogMerge(LONG, 10, Optional.empty());
        try (LogMerge.Feed a = merge.open()) {
            a.add(line("a", 1, "first"));
            a.add(line("a", 1, "second"));
        }
        merge.end();

        assertThat(texts(merge)).containsExactly("first", "second");
    }

    @Test
    void a_quiet_server_holds_the_others_no_longer_than_the_window() throws InterruptedException {
        var merge = new LogMerge(SHORT, 10, Optional.empty());
        LogMerge.Feed quiet = merge.open();
        LogMerge.Feed busy = merge.open();
        long begun = System.nanoTime();
        busy.add(line("busy", 7, "7"));

        assertThat(merge.take()).map(LogLine::text).contains("7");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SHORT);
        quiet.close();
        busy.close();
    }

    @Test
    void whoever_reads_slowly_loses_nothing_without_patience() throws InterruptedException {
        var merge = new LogMerge(SHORT, 3, Optional.empty());
        LogMerge.Feed feed = merge.open();
        Thread writer = Thread.ofVirtual().start(() -> {
            try (feed) {
                for (int i = 0; i < 1000; i++) {
                    feed.add(line("a", i, Integer.toString(i)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        merge.end();

        assertThat(texts(merge)).hasSize(1000).first().isEqualTo("0");
        assertThat(merge.skipped()).isZero();
        writer.join();
    }

    @Test
    void whoever_reads_too_slowly_skips_the_oldest_and_is_told_how_many() throws InterruptedException {
        var merge = new LogMerge(SHORT, 3, Optional.of(Duration.ofMillis(1)));
        try (LogMerge.Feed feed = merge.open()) {
            for (int i = 0; i < 10; i++) {
                feed.add(line("a", i, Integer.toString(i)));
            }
        }
        merge.end();

        assertThat(texts(merge)).containsExactly("7", "8", "9");
        assertThat(merge.skipped()).isEqualTo(7);
        assertThat(merge.skipped()).as("asked before").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void no_line_is_lost_or_out_of_order_however_the_servers_write(int seed) throws InterruptedException {
        var random = new Random(seed);
        var merge = new LogMerge(LONG, 1 + random.nextInt(20), Optional.empty());
        int servers = 1 + random.nextInt(8);
        List<Thread> writers = new ArrayList<>();
        int total = 0;
        for (int server = 0; server < servers; server++) {
            LogMerge.Feed feed = merge.open();
            int count = random.nextInt(400);
            total += count;
            writers.add(Thread.ofVirtual().start(writer(feed, "s" + server, count, random.nextLong())));
        }
        merge.end();
        List<LogLine> merged = new ArrayList<>();
        for (Optional<LogLine> next = merge.take(); next.isPresent(); next = merge.take()) {
            merged.add(next.get());
        }

        assertThat(merged).as("seed " + seed).hasSize(total).isSortedAccordingTo((x, y) -> x.at().compareTo(y.at()));
        for (Thread writer : writers) {
            writer.join();
        }
    }

    @Test
    void reading_on_after_a_lost_connection_repeats_nothing() {
        var seen = new SeenLines();
        assertThat(seen.resume()).isEmpty();
        assertThat(seen.add(line("a", 0, "x"))).isTrue();
        assertThat(seen.add(line("a", 5000, "y"))).isTrue();
        // Another container's, which comes late.
        assertThat(seen.add(line("a", 4000, "z"))).isTrue();

        assertThat(seen.resume()).contains(Instant.parse("2026-01-02T03:04:08Z"));
        assertThat(seen.add(line("a", 4000, "z"))).isFalse();
        assertThat(seen.add(line("a", 5000, "y"))).isFalse();
        assertThat(seen.add(line("a", 4000, "another of that time"))).isTrue();
    }

    private static Runnable writer(LogMerge.Feed feed, String server, int count, long seed) {
        return () -> {
            var random = new Random(seed);
            long at = 0;
            try (feed) {
                for (int i = 0; i < count; i++) {
                    at += random.nextInt(5);
                    feed.add(line(server, at, server + " " + i));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static List<String> texts(LogMerge merge) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Optional<LogLine> next = merge.take(); next.isPresent(); next = merge.take()) {
            texts.add(next.get().text());
        }
        return texts;
    }
}
