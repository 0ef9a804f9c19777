package org.meridian.cli.world;

import java.util.List;
import java.util.stream.IntStream;

/**
 * When a deployer is killed, by what its journal says, and what is done after that.
 *
 * @param entry     how many entries of the journal, of those that are counted, have been printed
 * @param act       the act whose entries are counted; {@code any} for all
 * @param state     the state whose entries are counted; {@code any} for all
 * @param afterwards what is done next
 */
record KillPoint(int entry, String act, String state, Next afterwards) {
    /** What is done after the deployer was killed. */
    enum Next {
        DEPLOY,
        ROLLBACK
    }

    /** One for each entry of a deploy's journal, deploy and rollback in turn. */
    static List<KillPoint> each(int entries) {
        return IntStream.rangeClosed(1, entries)
                .mapToObj(n -> new KillPoint(n, "any", "any", n % 2 == 0 ? Next.ROLLBACK : Next.DEPLOY))
                .toList();
    }

    /** Some that differ: nothing done yet, servers being made, in the middle of a start, a pool changed by half. */
    static List<KillPoint> sample() {
        return List.of(
                new KillPoint(1, "any", "any", Next.DEPLOY),
                new KillPoint(1, "converge", "intended", Next.ROLLBACK),
                new KillPoint(2, "place", "done", Next.DEPLOY),
                new KillPoint(1, "set-pool", "intended", Next.ROLLBACK),
                new KillPoint(1, "drain", "intended", Next.DEPLOY));
    }

    /** Waits for it; false when the deploy ended before. */
    boolean await(Running deploy) throws InterruptedException {
        return deploy.untilOrEnd(() -> deploy.count(
                        "journalled",
                        e -> is(act, e.path("act").asString(""))
                                && is(state, e.path("state").asString("")))
                >= entry);
    }

    private static boolean is(String wanted, String found) {
        return wanted.equals("any") || wanted.equals(found);
    }
}
