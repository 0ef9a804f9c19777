package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A machine or a network with too much to do: one call in some is slow, or gets no answer, whether it happens or not; those
 * of the store too.
 */
final class BusyMachine {
    private static final Trouble.How[] HOWS = {
        Trouble.How.SLOW,
        Trouble.How.LOST,
        Trouble.How.HAPPENS_AND_LOST,
        Trouble.How.HANGS,
        Trouble.How.HAPPENS_AND_HANGS
    };

    private static final int LONGEST_SECONDS = 12;

    private final RandomGenerator random;
    private final int oneIn;

    BusyMachine(RandomGenerator random, int oneIn) {
        this.random = random;
        this.oneIn = oneIn;
    }

    /** What happens to this call; mostly nothing. */
    Optional<Trouble> trouble(Effect effect) {
        if (random.nextInt(oneIn) != 0) {
            return Optional.empty();
        }
        Trouble.How how = HOWS[random.nextInt(HOWS.length)];
        return Optional.of(new Trouble(effect, 0, 1, how, Duration.ofSeconds(1 + random.nextInt(LONGEST_SECONDS))));
    }
}
