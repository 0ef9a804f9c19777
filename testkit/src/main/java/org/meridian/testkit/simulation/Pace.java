package org.meridian.testkit.simulation;

import java.util.random.RandomGenerator;

/** How long things take in a simulated world, in nanoseconds. */
interface Pace {
    /** A few moments for everything, and {@link SimulatedWorld#BOOT} for a boot. */
    Pace BRISK = new Pace() {
        @Override
        public long call(Effect effect, RandomGenerator random) {
            return 10_000_000L + random.nextInt(90_000_000);
        }

        @Override
        public long boot(RandomGenerator random) {
            return SimulatedWorld.BOOT.toNanos();
        }

        @Override
        public long healthy(RandomGenerator random) {
            return 2_000_000_000L;
        }
    };

    /** How long a call takes. */
    long call(Effect effect, RandomGenerator random);

    /** How long a new server takes to boot. */
    long boot(RandomGenerator random);

    /** How long an app takes to answer its health check well, from the end of its start. */
    long healthy(RandomGenerator random);
}
