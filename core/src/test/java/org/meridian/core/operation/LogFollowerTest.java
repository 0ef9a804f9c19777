package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.core.logs.Lines.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.logs.LogMerge;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Time;

/** A server whose connections are lost, as often as a test wants it. */
@Timeout(600)
final class LogFollowerTest {
    private static final Server SERVER = new Server(
            new ServerName("shop-eu-r1-1"),
            new RegionName("eu"),
            new ReleaseId(1),
            "ab",
            Optional.of("127.0.0.1"),
            Optional.empty(),
            Server.State.RUNNING);

    private final LogMerge merge = new LogMerge(Duration.ZERO, 100, Optional.empty());
    private final Sightings sightings = new Sightings();
    private final List<String> remarks = new ArrayList<>();
    private final Connections access = new Connections();

    @Test
    void reads_on_where_it_was_and_says_that_it_was_away() throws InterruptedException {
        there(true, true, false);
        access.has("one", 0).has("two", 3000).isLost();
        access.isLost();
        // The server tells some lines again, since reading on begins a little earlier.
        access.has("two", 3000).has("three", 3500).isLost();

        assertThat(follower(true).run(access, merge.open())).isTrue();

        assertThat(lines()).containsExactly("one", "two", "three");
        assertThat(access.asked.get(0)).isEqualTo(new LogRequest(Optional.empty(), Optional.empty(), 10, true));
        assertThat(access.asked.get(2).since()).contains(Instant.parse("2026-01-02T03:04:06Z"));
        assertThat(access.asked.get(2).tail()).isEqualTo(Integer.MAX_VALUE);
        assertThat(remarks)
                .containsExactly(
                        "not read after 2026-01-02T03:04:08Z: the wire was cut; trying again",
                        "read again; nothing that its containers still have is missing",
                        "gone after 2026-01-02T03:04:08.500Z");
    }

    @Test
    void a_server_that_is_new_is_read_from_its_beginning_and_may_take_its_time() throws InterruptedException {
        there(true, true, false);
        access.isLost();
        access.isLost();
        access.has("first", 0).isLost();

        assertThat(follower(false).run(access, merge.open())).isTrue();

        assertThat(lines()).containsExactly("first");
        assertThat(access.asked)
                .allSatisfy(request -> assertThat(request.tail()).isEqualTo(Integer.MAX_VALUE));
        assertThat(remarks).as("that it boots is no news").containsExactly("gone after 2026-01-02T03:04:05Z");
    }

    @Test
    void a_new_server_is_reached_by_what_is_known_of_it_by_then() throws InterruptedException {
        Server known = new Server(
                SERVER.name(),
                SERVER.region(),
                SERVER.release(),
                "ab",
                Optional.of("127.0.0.2"),
                Optional.of("ssh-ed25519 AAAA"),
                Server.State.RUNNING);
        there(true, false);
        access.isLost();
        access.has("first", 0).isLost();
        LogFollower follower = follower(false);
        access.meanwhile = () -> follower.saw(known);

        assertThat(follower.run(access, merge.open())).isTrue();

        assertThat(access.reached).containsExactly(SERVER, known);
    }

    @Test
    void a_new_server_that_nobody_can_read_for_long_is_told_of() throws InterruptedException {
        boolean[] looks = new boolean[60];
        Arrays.fill(looks, true);
        looks[59] = false;
        there(looks);
        for (int i = 0; i < 60; i++) {
            access.isLost();
        }

        assertThat(follower(false).run(access, merge.open())).isTrue();

        assertThat(remarks).containsExactly("not read: the wire was cut; trying again");
    }

    @Test
    void says_which_server_is_missing_where_lines_are_not_followed() throws InterruptedException {
        access.isLost();
        LogQuery once = query(false);
        var follower = new LogFollower(SERVER, once, true, new Instantly(), sightings, new Remarks());

        assertThat(follower.run(access, merge.open())).isFalse();

        assertThat(remarks).containsExactly("not read: the wire was cut");
    }

    /** What the looks at the world say, one after the other. */
    private void there(boolean... looks) {
        Deque<Boolean> answers = new ArrayDeque<>();
        for (boolean look : looks) {
            answers.add(look);
        }
        Thread unused = Thread.ofVirtual().start(() -> {
            try {
                while (!answers.isEmpty()) {
                    sightings.awaitWish(Duration.ofMinutes(1));
                    sightings.saw(sightings.begin(), answers.remove() ? Set.of(SERVER.name()) : Set.of());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private LogFollower follower(boolean atFirst) {
        return new LogFollower(SERVER, query(true), atFirst, new Instantly(), sightings, new Remarks());
    }

    private static LogQuery query(boolean follow) {
        return new LogQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10,
                Optional.empty(),
                follow);
    }

    private List<String> lines() throws InterruptedException {
        merge.end();
        List<String> texts = new ArrayList<>();
        while (texts.size() < access.distinct) {
            texts.add(merge.take().orElseThrow().text());
        }
        return texts;
    }

    private final class Remarks implements LogSink {
        @Override
        public void line(LogLine line) {
            throw new AssertionError("lines go through the merge");
        }

        @Override
        public void remark(ServerName server, String text) {
            remarks.add(text);
        }

        @Override
        public void skipped(long lines) {
            throw new AssertionError("nothing is skipped");
        }
    }

    /** Time that passes when somebody waits. */
    private static final class Instantly implements Time {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    }

    /** Connections that bring some lines and are lost then; one without lines is not even made. */
    private static final class Connections implements ServerAccess {
        final List<LogRequest> asked = new ArrayList<>();
        final List<Server> reached = new ArrayList<>();
        Runnable meanwhile = () -> {};
        int distinct;
        private final Deque<List<LogLine>> planned = new ArrayDeque<>();
        private final Set<String> texts = new HashSet<>();
        private List<LogLine> current = new ArrayList<>();

        Connections has(String text, long millis) {
            current.add(line(SERVER.name().value(), millis, text));
            distinct += texts.add(text) ? 1 : 0;
            return this;
        }

        void isLost() {
            planned.add(current);
            current = new ArrayList<>();
        }

        @Override
        public ServerUsage usage(Server server) {
            throw new AssertionError("not asked for");
        }

        @Override
        public RemoteProcess start(Server server, Invocation invocation) {
            throw new AssertionError("not asked for");
        }

        @Override
        public LogReader logs(Server server, LogRequest request) {
            asked.add(request);
            reached.add(server);
            meanwhile.run();
            Deque<LogLine> lines = new ArrayDeque<>(planned.remove());
            if (lines.isEmpty()) {
                throw cut();
            }
            return new LogReader() {
                @Override
                public Optional<LogLine> next() {
                    if (lines.isEmpty()) {
                        throw cut();
                    }
                    return Optional.of(lines.remove());
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }

        private static Failure cut() {
            return Failure.of(Diagnostic.of("cut", "the wire was cut", "Fix it."));
        }
    }
}
