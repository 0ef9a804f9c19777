package org.meridian.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FeedTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MORE_THAN_WAIT = 10_000;

    private final Feeds feeds = new Feeds();

    @Test
    void who_comes_late_begins_with_the_newest_state() {
        feeds.state(Frame.of("world", 1));
        feeds.state(Frame.of("world", 2));
        assertThat(all(feeds.open())).containsExactly("world 2");
    }

    @Test
    void who_comes_before_there_is_a_state_gets_it_once_it_is_there() throws Exception {
        Feed feed = feeds.open();
        CompletableFuture<Optional<Frame>> next = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                next.complete(feed.next(LONG));
            } catch (InterruptedException e) {
                next.completeExceptionally(e);
            }
        });
        feeds.state(Frame.of("world", 1));
        assertThat(next.get(LONG.toSeconds(), TimeUnit.SECONDS).map(FeedTest::text))
                .contains("world 1");
        waiting.join();
    }

    @Test
    void events_come_in_their_order_and_before_the_state_that_they_led_to() {
        Feed feed = feeds.open();
        feeds.add(Frame.of("probe", 1));
        feeds.state(Frame.of("world", 1));
        feeds.add(Frame.of("probe", 2));
        assertThat(all(feed)).containsExactly("probe 1", "probe 2", "world 1");
    }

    @Test
    void a_slow_one_gets_the_newest_state_alone_and_is_told_how_many_it_missed() {
        Feed slow = feeds.open();
        feeds.state(Frame.of("world", 1));
        feeds.state(Frame.of("world", 2));
        feeds.state(Frame.of("world", 3));
        assertThat(all(slow)).containsExactly("lagging {\"skipped\":2}", "world 3");
    }

    @Test
    void nothing_grows_for_one_that_never_reads_and_the_others_get_everything() {
        Feed never = feeds.open();
        Feed quick = feeds.open();
        int got = 0;
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            feeds.add(Frame.of("probe", i));
            got += all(quick).size();
        }
        assertThat(got).isEqualTo(MORE_THAN_WAIT);
        List<String> kept = all(never);
        assertThat(kept).hasSizeLessThan(1000).first().isEqualTo("probe 0");
        int told = MORE_THAN_WAIT - (kept.size() - 1);
        assertThat(kept.getLast()).isEqualTo("lagging {\"skipped\":" + told + "}");
    }

    @Test
    void a_beat_goes_to_one_for_whom_there_is_nothing() throws Exception {
        assertThat(feeds.open().next(Duration.ZERO)).contains(Frame.BEAT);
    }

    @Test
    void who_left_is_forgotten_and_hears_no_more() throws Exception {
        Feed feed = feeds.open();
        feeds.leave(feed);
        feeds.add(Frame.of("probe", 1));
        assertThat(feeds.size()).isZero();
        assertThat(feed.next(LONG)).isEmpty();
    }

    @Test
    void closing_ends_all_of_them_and_those_who_come_later() throws Exception {
        Feed before = feeds.open();
        feeds.close();
        assertThat(before.next(LONG)).isEmpty();
        assertThat(feeds.open().next(LONG)).isEmpty();
    }

    /** What waits, as name and data. */
    private static List<String> all(Feed feed) {
        List<String> texts = new ArrayList<>();
        for (Optional<Frame> frame = feed.ready(); frame.isPresent(); frame = feed.ready()) {
            texts.add(text(frame.get()));
        }
        return texts;
    }

    private static String text(Frame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8)
                .replaceFirst("event: ", "")
                .replaceFirst("\ndata: ", " ")
                .strip();
    }
}
