package org.meridian.cli.world;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * At which entry of its journal a deployer is killed, and what is done after that.
 *
 * @param like       what the entries that are counted look like, as in {@code set-pool us app-us-r2-1 100 done}
 * @param entry      the how-manieth of those, from 1
 * @param afterwards what is done next
 */
record KillPoint(Pattern like, int entry, Next afterwards) {
    KillPoint {
        requireNonNull(like, "like is null");
        requireNonNull(afterwards, "afterwards is null");
    }

    /** What is done after the deployer was killed. */
    enum Next {
        DEPLOY,
        ROLLBACK
    }

    static KillPoint of(String like, int entry) {
        return new KillPoint(Pattern.compile(like), entry, Next.DEPLOY);
    }

    /** One for each entry of a deploy's journal; an intent and an outcome meet a deploy as often as a rollback. */
    static List<KillPoint> each(int entries) {
        return IntStream.rangeClosed(1, entries)
                .mapToObj(n -> new KillPoint(Pattern.compile(".*"), n, n / 2 % 2 == 0 ? Next.DEPLOY : Next.ROLLBACK))
                .toList();
    }

    /** Some that differ: servers made, some started, a region about to move, moved, and the primary moved. */
    static List<KillPoint> sample() {
        return List.of(
                new KillPoint(Pattern.compile("start .* done"), 2, Next.DEPLOY),
                new KillPoint(moved("us", "done"), 1, Next.ROLLBACK),
                new KillPoint(moved("eu", "done"), 1, Next.ROLLBACK));
    }

    /** All weight from some servers to others. */
    private static Pattern moved(String region, String state) {
        return Pattern.compile("set-pool " + region + " .* 0, .* 100 " + state);
    }

    /** Whether an event is an entry that counts. */
    boolean isLike(JsonNode event) {
        return event.path("event").asString("").equals("journalled")
                && like.matcher(words(event)).matches();
    }

    private static String words(JsonNode event) {
        return String.join(
                " ",
                event.path("act").asString(""),
                event.path("region").asString("-"),
                event.path("server").asString("-"),
                event.path("detail").asString(""),
                event.path("state").asString(""));
    }

    /** Waits for it; false when the deploy ended before. */
    boolean await(Running deploy) throws InterruptedException {
        return deploy.untilOrEnd(() -> deploy.count(this::isLike) >= entry);
    }

    @Override
    public String toString() {
        return "entry " + entry + " like " + like + ", then " + afterwards;
    }
}
